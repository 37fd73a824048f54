package io.sealane.core.limit;

import java.time.Duration;

/// The limits of one server.
///
/// @param sessions control connections at once
/// @param sessionsPerUser of one user
/// @param sessionsPerAddress from one client address
/// @param idle longest silence on a control connection without a transfer
/// @param login longest time from connect to a successful login
/// @param handshake longest TLS handshake, control and data
/// @param stall longest time in which a transfer or a reply moves no byte, on its way to a slow
///   peer neither
/// @param dataConnect longest wait for a data connection
/// @param linger longest wait for the peer's end once it has taken all and ours is closed
/// @param keepalive silence on a connection before the system asks whether the peer is still there
public record Limits(
        int sessions,
        int sessionsPerUser,
        int sessionsPerAddress,
        Duration idle,
        Duration login,
        Duration handshake,
        Duration stall,
        Duration dataConnect,
        Duration linger,
        Duration keepalive) {}
