package io.sealane.core.net;

import java.io.IOException;
import java.net.SocketOption;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import jdk.net.ExtendedSocketOptions;

/// Options of the socket under a control connection.
public final class ControlSocket {
    /// Questions that stay unanswered before the connection counts as lost, and the longest time
    /// between two of them: a client that lost its network holds its session half a minute longer.
    private static final int PROBES = 3;

    private static final int PROBE_INTERVAL_SECONDS_MAX = 10;

    private ControlSocket() {}

    /// Prepares a connection that was just accepted.
    ///
    /// @param keepalive silence before the first question whether the peer is still there
    /// @throws IOException if the connection has ended already
    public static void prepare(SocketChannel channel, Duration keepalive) throws IOException {
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        channel.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
        int silence = Math.toIntExact(keepalive.toSeconds());
        tune(channel, ExtendedSocketOptions.TCP_KEEPIDLE, silence);
        // Linux waits as long behind a question that was answered, too.
        tune(
                channel,
                ExtendedSocketOptions.TCP_KEEPINTERVAL,
                Math.min(silence, PROBE_INTERVAL_SECONDS_MAX));
        tune(channel, ExtendedSocketOptions.TCP_KEEPCOUNT, PROBES);
        // RFC 959 section 4.1.3: Telnet's Synch in front of ABOR comes as urgent data, the octet of
        // which belongs to the stream.
        channel.socket().setOOBInline(true);
    }

    private static void tune(SocketChannel channel, SocketOption<Integer> option, int value)
            throws IOException {
        if (channel.supportedOptions().contains(option)) {
            channel.setOption(option, value);
        }
    }
}
