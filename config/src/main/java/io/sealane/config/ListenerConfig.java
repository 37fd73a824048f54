package io.sealane.config;

import java.net.InetAddress;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/// One address with one or more ports, all of the same mode and TLS policy.
///
/// @param name unique among the listeners; matches [#NAME]
/// @param address to listen on; `::` is every address, IPv6 and IPv4
/// @param ports 1 to [#PORTS_MAX] ports, 0 to 65535, none twice; 0 = chosen by the kernel
/// @param tls [ListenerTls.None] if and only if `mode` is [ListenerMode#PLAIN]
/// @param clients networks that may connect, at most [#CLIENTS_MAX]; empty: everybody
/// @param users names of those who may log in, at most [#USERS_MAX]; empty: everybody
/// @param sniff how long [ListenerMode#AUTO] waits for the client's first byte, 10 ms to 5 s
public record ListenerConfig(
        String name,
        InetAddress address,
        List<Integer> ports,
        ListenerMode mode,
        ListenerTls tls,
        List<CidrBlock> clients,
        List<String> users,
        Duration sniff) {
    /// Names go into logs and metric labels: letters, digits, `.`, `_` and `-`, at most 64.
    public static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

    /// Each port is a socket with a thread: some dozens are plenty.
    public static final int PORTS_MAX = 64;

    /// Looked through for each connection: some dozens are plenty.
    public static final int CLIENTS_MAX = 256;

    public static final int USERS_MAX = 1024;

    /// Longer than a round trip to almost anywhere, too short for a person to notice.
    public static final Duration SNIFF_DEFAULT = Duration.ofMillis(250);

    static final Bounds<Integer> PORT = new Bounds<>(0, PortRange.PORT_MAX);
    static final Bounds<Duration> SNIFF =
            new Bounds<>(Duration.ofMillis(10), Duration.ofSeconds(5));

    public ListenerConfig {
        ports = List.copyOf(ports);
        clients = List.copyOf(clients);
        users = List.copyOf(users);
        new Bounds<>(0, CLIENTS_MAX).require("number of clients", clients.size());
        new Bounds<>(0, USERS_MAX).require("number of users", users.size());
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("not a listener name: " + name);
        }
        new Bounds<>(1, PORTS_MAX).require("number of ports", ports.size());
        requireDistinct(ports);
        SNIFF.require("sniff", sniff);
        requireFitting(mode, tls);
        boolean isLegacy = tls instanceof ListenerTls.Offered offered && offered.legacy();
        if (isLegacy && (clients.isEmpty() || users.isEmpty())) {
            throw new IllegalArgumentException("a legacy listener for everybody");
        }
    }

    private static void requireDistinct(List<Integer> ports) {
        Set<Integer> seen = new HashSet<>();
        for (int port : ports) {
            PORT.require("port", port);
            if (port != 0 && !seen.add(port)) {
                throw new IllegalArgumentException("port " + port + " is named twice");
            }
        }
    }

    private static void requireFitting(ListenerMode mode, ListenerTls tls) {
        boolean fits =
                switch (tls) {
                    case ListenerTls.None() -> mode == ListenerMode.PLAIN;
                    case ListenerTls.Offered offered ->
                            switch (mode) {
                                case EXPLICIT, AUTO -> true;
                                case IMPLICIT -> offered.control() == Requirement.REQUIRED;
                                case PLAIN -> false;
                            };
                };
        if (!fits) {
            throw new IllegalArgumentException("mode " + mode.text() + " cannot have " + tls);
        }
    }
}
