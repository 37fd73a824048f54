package io.sealane.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/// Telnet's Synch: the last octet in front of ABOR is sent as TCP urgent data (RFC 959 section
/// 4.1.3, RFC 854). The server must neither lose it nor let it spoil the command behind it.
final class UrgentDataTest {
    private static final byte[] INTERRUPT_PROCESS = {(byte) 0xFF, (byte) 0xF4, (byte) 0xFF};
    private static final int DATA_MARK = 0xF2;
    private static final int PATIENCE_MILLIS = 5_000;

    @Test
    void abor_behind_urgent_data_is_heard_in_the_middle_of_an_upload() throws IOException {
        try (TestServer server = TestServer.start(TestServer.Options.DEFAULTS);
                Socket control = connect(server.address(Door.PLAIN))) {
            BufferedReader replies = replies(control);
            assertThat(replies.readLine()).startsWith("220");
            assertThat(ask(control, replies, "USER " + TestServer.USER)).startsWith("331");
            assertThat(ask(control, replies, "PASS " + TestServer.PASSWORD)).startsWith("230");
            String extended = ask(control, replies, "EPSV");
            assertThat(extended).startsWith("229");
            try (Socket data = connect(port(server, extended))) {
                assertThat(ask(control, replies, "STOR a")).startsWith("150");
                data.getOutputStream().write(new byte[10_000]);

                control.getOutputStream().write(INTERRUPT_PROCESS);
                control.sendUrgentData(DATA_MARK);
                assertThat(ask(control, replies, "ABOR")).startsWith("426");
                assertThat(replies.readLine()).startsWith("226");
            }
            assertThat(ask(control, replies, "NOOP")).startsWith("200");
        }
    }

    private static Socket connect(InetSocketAddress address) throws IOException {
        Socket socket = new Socket();
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.connect(address, PATIENCE_MILLIS);
        return socket;
    }

    private static BufferedReader replies(Socket control) throws IOException {
        return new BufferedReader(
                new InputStreamReader(control.getInputStream(), StandardCharsets.UTF_8));
    }

    private static String ask(Socket control, BufferedReader replies, String command)
            throws IOException {
        control.getOutputStream().write((command + "\r\n").getBytes(StandardCharsets.UTF_8));
        return String.valueOf(replies.readLine());
    }

    private static InetSocketAddress port(TestServer server, String extended) {
        int port = Integer.parseInt(extended.replaceAll("\\D*229[^|]*\\|\\|\\|(\\d+)\\|.*", "$1"));
        return new InetSocketAddress(server.address(Door.PLAIN).getAddress(), port);
    }
}
