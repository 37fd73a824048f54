package io.sealane.core.tls;

import java.io.IOException;
import java.net.SocketOption;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import jdk.net.ExtendedSocketOptions;

/// Socket options of a transport. None is vital: one that cannot be set is left as it is.
final class TcpOptions {
    private TcpOptions() {}

    /// Sends small writes at once and acknowledges what comes at once.
    static void prepare(SocketChannel channel) {
        set(channel, StandardSocketOptions.TCP_NODELAY);
        acknowledgeNow(channel);
    }

    /// Acknowledges now what was read. The kernel forgets this option by itself, so it is set again
    /// after each read that emptied the socket.
    ///
    /// Interop: clients with Nagle's algorithm on (Python's ftplib for one) hold their second small
    /// write back until the first is acknowledged, which costs 40 ms each time: behind the TLS 1.3
    /// Finished, and for the close_notify behind an upload's last record.
    static void acknowledgeNow(SocketChannel channel) {
        set(channel, ExtendedSocketOptions.TCP_QUICKACK);
    }

    private static void set(SocketChannel channel, SocketOption<Boolean> option) {
        try {
            channel.setOption(option, true);
        } catch (IOException | UnsupportedOperationException leftAsItIs) {
            // A closed channel fails again at its next read or write, which says so better.
            return;
        }
    }
}
