package io.sealane.testkit;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// A TCP proxy on a loopback port that treats connections badly, as told. It rewrites nothing: in
/// front of a control connection, replies to PASV name the server's own ports, and a test that
/// wants faults there makes a second proxy for such a port.
///
/// Faults count for connections made after [#start()]; each connection counts its own bytes. Safe
/// for use by any thread. Runs on virtual threads named `fault-proxy-...`, which end, with all
/// sockets, in [#close()].
public final class FaultProxy implements AutoCloseable {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);

    private final ServerSocket listener;
    private final InetSocketAddress server;
    private final FaultPlan toServer;
    private final FaultPlan toClient;
    private final List<Passage> passages = new CopyOnWriteArrayList<>();
    private final Thread acceptor;

    private FaultProxy(Builder builder) throws IOException {
        this.server = builder.server;
        this.toServer = FaultPlan.of(builder.toServer);
        this.toClient = FaultPlan.of(builder.toClient);
        this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        this.acceptor =
                Thread.ofVirtual()
                        .name("fault-proxy-accept-" + listener.getLocalPort())
                        .unstarted(this::acceptAll);
    }

    /// Begins a proxy in front of `server`.
    public static Builder before(InetSocketAddress server) {
        return new Builder(server);
    }

    /// The faults of a proxy to be.
    public static final class Builder {
        private final InetSocketAddress server;
        private final List<Fault> toServer = new ArrayList<>();
        private final List<Fault> toClient = new ArrayList<>();

        private Builder(InetSocketAddress server) {
            this.server = server;
        }

        public Builder towardsServer(Fault... faults) {
            toServer.addAll(List.of(faults));
            return this;
        }

        public Builder towardsClient(Fault... faults) {
            toClient.addAll(List.of(faults));
            return this;
        }

        public FaultProxy start() throws IOException {
            FaultProxy proxy = new FaultProxy(this);
            proxy.acceptor.start();
            return proxy;
        }
    }

    /// Returns where clients connect to.
    public InetSocketAddress address() {
        return (InetSocketAddress) listener.getLocalSocketAddress();
    }

    /// Returns the connections so far, oldest first.
    public List<Passage> passages() {
        return List.copyOf(passages);
    }

    @Override
    public void close() throws IOException {
        listener.close();
        try {
            acceptor.join();
            for (Passage passage : passages) {
                passage.close();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void acceptAll() {
        while (!listener.isClosed()) {
            try {
                connect(listener.accept()); // blocks
            } catch (IOException _) {
                // The listener was closed, or one client gave up: the loop's condition decides.
            }
        }
    }

    /// A server that refuses is passed on as a reset.
    private void connect(Socket client) throws IOException {
        Socket upstream = new Socket();
        try {
            upstream.connect(server, Math.toIntExact(CONNECT_TIMEOUT.toMillis()));
            Passage passage = new Passage(client, upstream, toServer, toClient);
            // Listed first: who sees a fault finds the passage that it happened on.
            passages.add(passage);
            passage.start();
        } catch (IOException refused) {
            upstream.close();
            client.setSoLinger(true, 0);
            client.close();
            throw refused;
        }
    }
}
