package io.sealane.core.data;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.IntStream;

/// The ports that Linux gives to sockets that ask for any (ip(7), `ip_local_port_range` without
/// `ip_local_reserved_ports`).
///
/// Sealane chooses among them itself. The kernel passes over a port as long as one of its last
/// connections is in TIME_WAIT, a minute, and looks for a better one for longer and longer: after
/// some thousand transfers for milliseconds, and after 28,000 in vain. A port that is named may be
/// bound all the same.
final class SystemPorts {
    private static final Path RANGE = Path.of("/proc/sys/net/ipv4/ip_local_port_range");
    private static final Path RESERVED = Path.of("/proc/sys/net/ipv4/ip_local_reserved_ports");

    /// Room for every second port.
    private static final int TEXT_OCTETS_MAX = 256 * 1024;

    private SystemPorts() {}

    /// @return empty where the system does not say
    static int[] read() {
        try {
            return parse(text(RANGE), text(RESERVED));
        } catch (IOException | NumberFormatException notLinux) {
            return new int[0];
        }
    }

    /// By one call: there is nothing to be had behind what the first read of such a file returned.
    private static String text(Path setting) throws IOException {
        ByteBuffer octets = ByteBuffer.allocate(TEXT_OCTETS_MAX);
        try (SeekableByteChannel file = Files.newByteChannel(setting)) {
            file.read(octets);
        }
        return StandardCharsets.US_ASCII.decode(octets.flip()).toString();
    }

    /// @param range two numbers, the first and the last port
    /// @param reserved ports and ranges of ports `first-last`, separated by commas
    /// @throws NumberFormatException if either is something else
    static int[] parse(String range, String reserved) {
        String[] ends = range.strip().split("\\s+", 2);
        if (ends.length < 2) {
            throw new NumberFormatException("not a range: " + range);
        }
        Set<Integer> excluded = new HashSet<>();
        for (String item : reserved.strip().split(",", -1)) {
            if (!item.isEmpty()) {
                String[] bounds = item.split("-", 2);
                IntStream.rangeClosed(number(bounds[0]), number(bounds[bounds.length - 1]))
                        .forEach(excluded::add);
            }
        }
        return IntStream.rangeClosed(number(ends[0]), number(ends[1]))
                .filter(port -> !excluded.contains(port))
                .toArray();
    }

    private static int number(String text) {
        int port = Integer.parseInt(text);
        if (port < 1 || port > 65_535) {
            throw new NumberFormatException("not a port: " + text);
        }
        return port;
    }
}
