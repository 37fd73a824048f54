package io.sealane.core.net;

import io.sealane.core.event.Event;
import io.sealane.core.event.EventSink;
import io.sealane.core.limit.Sparingly;
import io.sealane.core.limit.Ticker;
import io.sealane.core.wire.AddressText;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/// A listening port for control connections. Hands each accepted connection on; whatever it takes
/// to find out what it wants must not happen on this thread.
public final class ControlListener implements AutoCloseable {
    /// Connections the system queues while all are busy; enough for a burst of parallel clients.
    private static final int BACKLOG = 1024;

    /// Pause after a failed accept. It fails when descriptors run out, and asking again at once
    /// would only burn the processor.
    private static final Duration PAUSE_AFTER_FAILURE = Duration.ofMillis(50);

    /// Between two notes of that.
    private static final Duration TELL_INTERVAL = Duration.ofMinutes(1);

    private final String name;
    private final ServerSocketChannel channel;
    private final EventSink events;
    private final Consumer<SocketChannel> onAccept;
    private final Sparingly failuresTold;
    private final Sparingly defectsTold;

    private ControlListener(
            String name,
            ServerSocketChannel channel,
            EventSink events,
            Ticker ticker,
            Consumer<SocketChannel> onAccept) {
        this.name = name;
        this.channel = channel;
        this.events = events;
        this.onAccept = onAccept;
        this.failuresTold = new Sparingly(TELL_INTERVAL, ticker);
        this.defectsTold = new Sparingly(TELL_INTERVAL, ticker);
    }

    /// Binds `address` and begins to accept.
    ///
    /// @param onAccept takes over each connection; called on the accepting thread, must not block
    /// @throws IOException if the address cannot be bound; the message names it
    public static ControlListener open(
            String name,
            InetSocketAddress address,
            EventSink events,
            Ticker ticker,
            Consumer<SocketChannel> onAccept)
            throws IOException {
        ServerSocketChannel channel = channelFor(address);
        try {
            channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            channel.bind(address, BACKLOG);
        } catch (IOException failed) {
            channel.close();
            throw new IOException(
                    "listener "
                            + name
                            + ": cannot bind "
                            + AddressText.of(address)
                            + ": "
                            + failed.getMessage(),
                    failed);
        }
        ControlListener listener = new ControlListener(name, channel, events, ticker, onAccept);
        Thread.ofPlatform().name("accept-" + listener.port()).daemon(true).start(listener::run);
        return listener;
    }

    /// By default Java's sockets are for both kinds of address, and 0.0.0.0 would be `::`.
    private static ServerSocketChannel channelFor(InetSocketAddress address) throws IOException {
        return address.getAddress() instanceof Inet4Address
                ? ServerSocketChannel.open(StandardProtocolFamily.INET)
                : ServerSocketChannel.open();
    }

    /// The bound port, also where the system chose it.
    public int port() {
        return channel.socket().getLocalPort();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    private void run() {
        while (channel.isOpen()) {
            try {
                hand(channel.accept()); // blocks
            } catch (IOException failed) {
                notAccepted(String.valueOf(failed.getMessage()));
            } catch (RuntimeException | Error defect) { // Also where there may be no more threads.
                if (defectsTold.isDue()) {
                    events.accept(Event.Defect.of("-", "accept", defect));
                }
                LockSupport.parkNanos(PAUSE_AFTER_FAILURE.toNanos());
            }
        }
    }

    private void hand(SocketChannel accepted) throws IOException {
        try {
            onAccept.accept(accepted);
        } catch (RuntimeException | Error unserved) {
            accepted.close();
            throw unserved;
        }
    }

    private void notAccepted(String cause) {
        if (channel.isOpen()) {
            if (failuresTold.isDue()) {
                events.accept(new Event.AcceptFailed("-", name, cause));
            }
            LockSupport.parkNanos(PAUSE_AFTER_FAILURE.toNanos());
        }
    }
}
