package io.sealane.core.data;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealane.core.limit.Ticker;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongPredicate;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@EnabledOnOs(value = OS.LINUX, disabledReason = "only Linux tells of its queues")
final class SendQueuesTest {
    private static final int OCTETS = 64 * 1024 * 1024;
    private static final long PATIENCE_NANOS = 10_000_000_000L;

    private final SendQueues queues = new SendQueues(Ticker.system());

    @ParameterizedTest
    @CsvSource({"INET, 127.0.0.1", "INET6, 127.0.0.1", "INET6, ::1"})
    void what_a_peer_does_not_take_waits_and_what_it_takes_is_gone(
            StandardProtocolFamily family, String address) throws IOException {
        try (ServerSocketChannel listener = ServerSocketChannel.open()) {
            listener.bind(new InetSocketAddress(InetAddress.getByName(address), 0), 1);
            try (SocketChannel client = SocketChannel.open(family)) {
                client.setOption(StandardSocketOptions.SO_RCVBUF, 4096);
                client.connect(listener.getLocalAddress());
                try (SocketChannel server = listener.accept()) {
                    awaitQueue(server, queued -> queued == 0);

                    long written = fill(server);
                    awaitQueue(server, queued -> queued > 0 && queued <= written);

                    readAll(client, written);
                    awaitQueue(server, queued -> queued == 0);
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"INET", "INET6"})
    void nothing_is_known_of_a_closed_connection(StandardProtocolFamily family) throws IOException {
        SocketChannel channel = SocketChannel.open(family);
        channel.close();
        assertThat(queues.of(channel)).isEmpty();
    }

    private static long fill(SocketChannel channel) throws IOException {
        channel.configureBlocking(false);
        ByteBuffer content = ByteBuffer.allocate(OCTETS);
        while (channel.write(content) > 0) {}
        return content.position();
    }

    private static void readAll(SocketChannel channel, long octets) throws IOException {
        ByteBuffer target = ByteBuffer.allocate(OCTETS);
        while (target.position() < octets) {
            assertThat(channel.read(target)).isPositive();
        }
    }

    /// An answer may be some while old.
    private void awaitQueue(SocketChannel channel, LongPredicate expected) {
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        while (!expected.test(queues.of(channel).orElse(-1))) {
            assertThat(deadline - System.nanoTime()).isPositive();
            LockSupport.parkNanos(1_000_000);
        }
    }
}
