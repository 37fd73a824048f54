package io.sealane.core.data;

import io.sealane.core.limit.Ticker;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Stream;

/// How many octets of each TCP connection wait in the system because the peer has not acknowledged
/// them, from Linux's `/proc/self/net/tcp` and `tcp6` (proc_pid_net(5)). Elsewhere nothing is
/// known.
///
/// Java has no call for one socket's queue (`SIOCOUTQ`). To read the tables of ten thousand
/// connections takes 30 ms, so they are for rare questions, and an answer serves for all that are
/// asked within [#FRESH], or within [#SHARE] times as long as the reading took: thousands of peers
/// that stand still cost the watchdog a twentieth of its time at most.
///
/// Safe from any thread.
final class SendQueues {
    private static final Duration FRESH = Duration.ofMillis(100);
    private static final int SHARE = 20;

    private static final List<Path> TABLES =
            List.of(Path.of("/proc/self/net/tcp"), Path.of("/proc/self/net/tcp6"));

    /// In front of an IPv4 address that stands in the table of IPv6, as its octets are.
    private static final byte[] MAPPED = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, -1};

    /// What the tables said, and until when that is good enough.
    private record Snapshot(Map<String, Long> octets, long untilNanos) {}

    private final Ticker ticker;
    private volatile Snapshot latest;

    SendQueues(Ticker ticker) {
        this.ticker = ticker;
        this.latest = new Snapshot(Map.of(), ticker.nanos());
    }

    /// What `channel` has written and its peer has not acknowledged, a FIN counted as one octet;
    /// empty if that cannot be told.
    OptionalLong of(SocketChannel channel) {
        try {
            return of(channel.getLocalAddress(), channel.getRemoteAddress());
        } catch (IOException | UncheckedIOException closed) { // Or a table that was not readable.
            return OptionalLong.empty();
        }
    }

    private OptionalLong of(SocketAddress local, SocketAddress remote) throws IOException {
        if (!(local instanceof InetSocketAddress here)
                || !(remote instanceof InetSocketAddress there)) {
            return OptionalLong.empty();
        }
        Map<String, Long> octets = fresh().octets();
        return Stream.of(
                        inTable(here) + ' ' + inTable(there),
                        inTableOfIpv6(here) + ' ' + inTableOfIpv6(there))
                .filter(octets::containsKey)
                .mapToLong(octets::get)
                .findFirst();
    }

    private Snapshot fresh() throws IOException {
        Snapshot known = latest;
        if (known.untilNanos() - ticker.nanos() > 0) {
            return known;
        }
        long start = ticker.nanos();
        Map<String, Long> octets = new HashMap<>();
        for (Path table : TABLES) {
            if (Files.isReadable(table)) {
                read(table, octets);
            }
        }
        long end = ticker.nanos();
        long lifeNanos = Math.max(FRESH.toNanos(), SHARE * (end - start));
        Snapshot taken = new Snapshot(octets, end + lifeNanos);
        latest = taken;
        return taken;
    }

    private static void read(Path table, Map<String, Long> octets) throws IOException {
        try (Stream<String> lines = Files.lines(table, StandardCharsets.US_ASCII)) {
            lines.skip(1).forEach(line -> readRow(line, octets));
        }
    }

    /// Number, local address, remote address, state, octets to send and to read, and more.
    private static void readRow(String row, Map<String, Long> octets) {
        String[] fields = row.strip().split(" +", 6);
        if (fields.length == 6) {
            String toSend = fields[4].substring(0, fields[4].indexOf(':'));
            octets.put(fields[1] + ' ' + fields[2], Long.parseLong(toSend, 16));
        }
    }

    private static String inTable(InetSocketAddress address) {
        return inTable(address.getAddress().getAddress(), address.getPort());
    }

    private static String inTableOfIpv6(InetSocketAddress address) {
        byte[] octets = address.getAddress().getAddress();
        if (address.getAddress() instanceof Inet4Address) {
            octets = ByteBuffer.allocate(16).put(MAPPED).put(octets).array();
        }
        return inTable(octets, address.getPort());
    }

    /// The kernel prints the words of an address as its processor reads them.
    private static String inTable(byte[] address, int port) {
        ByteBuffer words = ByteBuffer.wrap(address).order(ByteOrder.nativeOrder());
        StringBuilder text = new StringBuilder();
        while (words.hasRemaining()) {
            text.append(String.format(Locale.ROOT, "%08X", words.getInt()));
        }
        return text.append(String.format(Locale.ROOT, ":%04X", port)).toString();
    }
}
