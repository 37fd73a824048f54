package io.sealane.core.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 30, unit = TimeUnit.SECONDS)
final class PlainTransportTest {
    private ChunkingRelay.Socketpair sockets = open();

    private static ChunkingRelay.Socketpair open() {
        try {
            return ChunkingRelay.Socketpair.open();
        } catch (IOException cause) {
            throw new IllegalStateException(cause);
        }
    }

    @BeforeEach
    void smallBuffers() throws IOException {
        peer().setOption(StandardSocketOptions.TCP_NODELAY, true);
    }

    @AfterEach
    void close() throws IOException {
        sockets.accepted().close();
        sockets.connected().close();
    }

    private SocketChannel peer() {
        return sockets.connected();
    }

    @Test
    void bytes_pass_in_both_directions_until_the_fin() throws IOException {
        PlainTransport transport = new PlainTransport(sockets.accepted());
        transport.write(ascii("220 ready\r\n"));
        transport.closeOutput();
        transport.closeOutput();
        assertThat(readAll(new PlainTransport(peer()))).isEqualTo("220 ready\r\n");
        peer().write(ascii("QUIT\r\n"));
        peer().shutdownOutput();
        assertThat(readAll(transport)).isEqualTo("QUIT\r\n");
        assertThat(transport.inboundEnd()).isEqualTo(StreamEnd.FIN);
    }

    @Test
    void bytes_read_before_come_first() throws IOException {
        PlainTransport transport = new PlainTransport(sockets.accepted(), ascii("US"));
        peer().write(ascii("ER x\r\n"));
        peer().shutdownOutput();
        ByteBuffer one = ByteBuffer.allocate(1);
        assertThat(transport.read(one)).isEqualTo(1);
        assertThat(one.get(0)).isEqualTo((byte) 'U');
        assertThat(readAll(transport)).isEqualTo("SER x\r\n");
    }

    @Test
    void a_large_write_is_whole() throws IOException {
        PlainTransport transport = new PlainTransport(sockets.accepted());
        int count = 20 * 1024 * 1024;
        CompletableFuture<Void> written =
                TlsPair.run(() -> {
                    transport.write(ByteBuffer.allocate(count));
                    transport.closeOutput();
                });
        ByteBuffer buffer = ByteBuffer.allocate(64 * 1024);
        int received = 0;
        while (peer().read(buffer.clear()) >= 0) {
            received += buffer.position();
        }
        TlsPair.finish(written);
        assertThat(received).isEqualTo(count);
    }

    @Test
    void a_reset_is_a_failure() throws IOException {
        PlainTransport transport = new PlainTransport(sockets.accepted());
        peer().setOption(StandardSocketOptions.SO_LINGER, 0);
        peer().close();
        assertThatThrownBy(() -> readAll(transport)).isInstanceOf(IOException.class);
    }

    @Test
    void a_close_from_elsewhere_ends_a_waiting_reader() {
        PlainTransport transport = new PlainTransport(sockets.accepted());
        CompletableFuture<Void> reading = TlsPair.run(() -> readAll(transport));
        transport.close();
        transport.close();
        assertThatThrownBy(() -> TlsPair.finish(reading)).isInstanceOf(IOException.class);
    }

    private static ByteBuffer ascii(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static String readAll(PlainTransport transport) throws IOException {
        ByteBuffer target = ByteBuffer.allocate(1024);
        int read = 0;
        while (read >= 0) {
            read = transport.read(target);
        }
        return StandardCharsets.US_ASCII.decode(target.flip()).toString();
    }
}
