package io.sealane.core.tls;

import io.sealane.core.limit.BufferPool;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;

/// A server's transport and a client's, connected through a relay. Both ends are [TlsTransport]s;
/// what is between them was made by two engines that know nothing of it.
final class TlsPair implements AutoCloseable {
    /// A virtual thread for each task.
    static final Executor THREADS = task -> Thread.ofVirtual().name("peer").start(task);

    private final TlsTransport server;
    private final TlsTransport client;
    private final ChunkingRelay relay;
    private long bytesWhenClientWasDone;

    private TlsPair(TlsTransport server, TlsTransport client, ChunkingRelay relay) {
        this.server = server;
        this.client = client;
        this.relay = relay;
    }

    /// Connects a control connection, handshake done.
    static TlsPair control(
            SessionTls session, TlsTestClient client, Chunking chunking, BufferPool buffers)
            throws IOException {
        ChunkingRelay relay = ChunkingRelay.open(chunking, session.hashCode());
        return new TlsPair(
                        TlsTransport.control(
                                relay.serverSide(), session, ByteBuffer.allocate(0), buffers),
                        clientOn(relay, client, buffers),
                        relay)
                .shakeHands();
    }

    /// Connects a data connection, handshake done.
    static TlsPair data(
            SessionTls session, TlsTestClient client, Chunking chunking, BufferPool buffers)
            throws IOException {
        return unshaken(session, client, chunking, buffers).shakeHands();
    }

    /// Connects a data connection and leaves its handshake to be done.
    static TlsPair unshaken(
            SessionTls session, TlsTestClient client, Chunking chunking, BufferPool buffers)
            throws IOException {
        ChunkingRelay relay = ChunkingRelay.open(chunking, session.hashCode());
        return new TlsPair(
                TlsTransport.data(relay.serverSide(), session, ByteBuffer.allocate(0), buffers),
                clientOn(relay, client, buffers),
                relay);
    }

    /// A client's transport at the relay's other end.
    static TlsTransport clientOn(ChunkingRelay relay, TlsTestClient client, BufferPool buffers) {
        SSLEngine engine = client.newEngine();
        return new TlsTransport(
                relay.clientSide(),
                new GuardedEngine(
                        new ClientSession(client), engine, ApplicationProtocols.FTP.control()),
                new CiphertextInput(
                        relay.clientSide(), ByteBuffer.allocate(0), buffers, BufferPool.Size.BULK),
                buffers,
                TlsTransport.Hearing.BY_READING);
    }

    TlsPair shakeHands() throws IOException {
        try {
            CompletableFuture<Void> serverDone = run(server::handshake);
            client.handshake();
            bytesWhenClientWasDone = relay.bytesToClient();
            finish(serverDone);
            return this;
        } catch (IOException failure) {
            close();
            throw failure;
        }
    }

    TlsTransport server() {
        return server;
    }

    TlsTransport client() {
        return client;
    }

    ChunkingRelay relay() {
        return relay;
    }

    /// Bytes that the server has sent since the client's handshake was done.
    long bytesBehindHandshake() {
        return relay.bytesToClient() - bytesWhenClientWasDone;
    }

    /// Bytes that the server sent until the client's handshake was done.
    long bytesOfHandshake() {
        return bytesWhenClientWasDone;
    }

    @Override
    public void close() throws IOException {
        server.close();
        client.close();
        relay.close();
    }

    /// Something that may fail as I/O does.
    interface Step {
        void run() throws IOException;
    }

    /// Runs `step` on a thread of its own.
    static CompletableFuture<Void> run(Step step) {
        return CompletableFuture.runAsync(
                () -> {
                    try {
                        step.run();
                    } catch (IOException failure) {
                        throw new CompletionException(failure);
                    }
                },
                THREADS);
    }

    /// Waits for what [#run] began and throws what it threw.
    static void finish(CompletableFuture<Void> running) throws IOException {
        try {
            running.join();
        } catch (CompletionException failure) {
            if (failure.getCause() instanceof IOException cause) {
                throw cause;
            }
            throw failure;
        }
    }

    /// A client as the transport wants its engines' owner to be.
    private record ClientSession(TlsTestClient engines) implements SessionTls {
        @Override
        public SSLEngine newControlEngine() {
            return engines.newEngine();
        }

        @Override
        public SSLEngine newDataEngine() {
            return engines.newEngine();
        }

        @Override
        public void controlLeft() {
            throw new UnsupportedOperationException("a client gives no tickets");
        }

        @Override
        public SSLEngine newClientEngine() {
            return engines.newEngine();
        }

        @Override
        public void offerTicket(SSLEngine engine) {
            // A client has none to give.
        }

        @Override
        public Handshake describe(SSLEngine engine) {
            return new Handshake(
                    engine.getSession().getProtocol(),
                    engine.getSession().getCipherSuite(),
                    false,
                    Optional.empty());
        }

        @Override
        public Optional<ClientIdentity> client() {
            return Optional.empty();
        }

        @Override
        public TlsAcceptance accepts() {
            throw new UnsupportedOperationException("a client is not asked");
        }

        @Override
        public Optional<String> peerAlert(SSLException failure) {
            return Optional.empty();
        }

        @Override
        public void release(SSLEngine engine) {
            engines.release(engine);
        }

        @Override
        public void close() {
            engines.close();
        }
    }
}
