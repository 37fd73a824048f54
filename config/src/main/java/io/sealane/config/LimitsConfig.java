package io.sealane.config;

import java.time.Duration;

/// What one server, user and client may use up, and how long anything may take.
///
/// @param sessions control connections at a time, 1 to 1,000,000
/// @param sessionsPerUser of one account, 1 to 1,000,000
/// @param sessionsPerAddress of one client address, 1 to 1,000,000
/// @param idle silence on the control connection before it is closed, 1 s to 7 d
/// @param login from the connection to a complete login, 1 s to 1 h
/// @param handshake a TLS handshake from its first byte on, 1 s to 5 m
/// @param stall a transfer in which nothing moves, 1 s to 1 d
/// @param dataConnect wait for a data connection to be made, 1 s to 10 m
/// @param linger wait for the peer to take the last bytes of an ended connection, 100 ms to 1 m
/// @param keepalive silence on a connection before the system asks whether the peer is still there,
///   1 s to 2 h
/// @param drain wait of a server told to end for running transfers, 0 s (none) to 1 d
public record LimitsConfig(
        int sessions,
        int sessionsPerUser,
        int sessionsPerAddress,
        Duration idle,
        Duration login,
        Duration handshake,
        Duration stall,
        Duration dataConnect,
        Duration linger,
        Duration keepalive,
        Duration drain) {
    static final Bounds<Integer> SESSIONS = new Bounds<>(1, 1_000_000);
    static final Bounds<Duration> IDLE = seconds(1, 7 * 24 * 3600);
    static final Bounds<Duration> LOGIN = seconds(1, 3600);
    static final Bounds<Duration> HANDSHAKE = seconds(1, 300);
    static final Bounds<Duration> STALL = seconds(1, 24 * 3600);
    static final Bounds<Duration> DATA_CONNECT = seconds(1, 600);
    static final Bounds<Duration> LINGER =
            new Bounds<>(Duration.ofMillis(100), Duration.ofMinutes(1));
    static final Bounds<Duration> KEEPALIVE = seconds(1, 2 * 3600);
    static final Bounds<Duration> DRAIN = seconds(0, 24 * 3600);

    public static final LimitsConfig DEFAULTS =
            new LimitsConfig(
                    10_000,
                    50,
                    100,
                    Duration.ofMinutes(15),
                    Duration.ofSeconds(60),
                    Duration.ofSeconds(10),
                    Duration.ofMinutes(5),
                    Duration.ofSeconds(30),
                    Duration.ofSeconds(5),
                    Duration.ofSeconds(60),
                    Duration.ofSeconds(10));

    public LimitsConfig {
        SESSIONS.require("sessions", sessions);
        SESSIONS.require("sessionsPerUser", sessionsPerUser);
        SESSIONS.require("sessionsPerAddress", sessionsPerAddress);
        IDLE.require("idle", idle);
        LOGIN.require("login", login);
        HANDSHAKE.require("handshake", handshake);
        STALL.require("stall", stall);
        DATA_CONNECT.require("dataConnect", dataConnect);
        LINGER.require("linger", linger);
        KEEPALIVE.require("keepalive", keepalive);
        DRAIN.require("drain", drain);
    }

    private static Bounds<Duration> seconds(long least, long most) {
        return new Bounds<>(Duration.ofSeconds(least), Duration.ofSeconds(most));
    }
}
