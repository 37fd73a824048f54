package io.sealane.core.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sealane.core.limit.Ticker;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.channels.SocketChannel;
import org.junit.jupiter.api.Test;

final class ControlListenerTest {
    @Test
    void every_ipv4_address_is_none_of_ipv6() throws IOException {
        try (ControlListener listener = listener("0.0.0.0")) {
            assertThat(reaches("127.0.0.1", listener)).isTrue();
            assertThatThrownBy(() -> reaches("::1", listener)).isInstanceOf(ConnectException.class);
        }
    }

    @Test
    void every_address_of_ipv6_is_every_one_of_ipv4_too() throws IOException {
        try (ControlListener listener = listener("::")) {
            assertThat(reaches("127.0.0.1", listener)).isTrue();
            assertThat(reaches("::1", listener)).isTrue();
        }
    }

    private static ControlListener listener(String address) throws IOException {
        return ControlListener.open(
                "tested",
                new InetSocketAddress(InetAddress.ofLiteral(address), 0),
                _ -> {},
                Ticker.system(),
                ControlListenerTest::close);
    }

    private static boolean reaches(String address, ControlListener listener) throws IOException {
        try (Socket socket = new Socket(InetAddress.ofLiteral(address), listener.port())) {
            return socket.isConnected();
        }
    }

    private static void close(SocketChannel accepted) {
        try {
            accepted.close();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
