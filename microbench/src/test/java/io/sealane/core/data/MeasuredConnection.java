package io.sealane.core.data;

import io.sealane.core.limit.BufferPool;
import io.sealane.core.limit.Ticker;
import io.sealane.core.tls.PlainTransport;
import io.sealane.core.tls.SessionProof;
import io.sealane.core.tls.SessionTls;
import io.sealane.core.tls.TlsFacts;
import io.sealane.core.tls.TlsIdentity;
import io.sealane.core.tls.TlsSettings;
import io.sealane.core.tls.TlsTransport;
import io.sealane.core.tls.TlsVersion;
import io.sealane.core.tls.Transport;
import io.sealane.testkit.TestCertificate;
import io.sealane.tls.boringssl.BoringSslProvider;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/// A data connection over the loopback, and the client at its other end. By TLS both ends are
/// BoringSSL's, so that neither waits much for the other.
public final class MeasuredConnection implements AutoCloseable {
    public enum Link {
        CLEAR,
        TLS
    }

    /// What a client does with its end.
    @FunctionalInterface
    public interface Client {
        void run(Transport transport) throws IOException;
    }

    private static final TlsSettings SETTINGS = settings();

    private final DataConnection server;
    private final Transport client;
    private final CompletableFuture<Void> working;

    private MeasuredConnection(DataConnection server, Transport client, Client work) {
        this.server = server;
        this.client = client;
        working = start(() -> work.run(client));
    }

    public static MeasuredConnection open(Link link, BufferPool buffers, Client work)
            throws IOException {
        try (ServerSocketChannel listener = ServerSocketChannel.open()) {
            listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            SocketChannel client = SocketChannel.open(listener.getLocalAddress());
            SocketChannel server = listener.accept();
            return switch (link) {
                case CLEAR ->
                        new MeasuredConnection(
                                connection(server, new PlainTransport(server), Optional.empty()),
                                new PlainTransport(client),
                                work);
                case TLS -> secured(server, client, buffers, work);
            };
        }
    }

    private static MeasuredConnection secured(
            SocketChannel server, SocketChannel client, BufferPool buffers, Client work)
            throws IOException {
        BoringSslProvider provider = BoringSslProvider.load().orElseThrow();
        SessionTls serverTls = provider.newSession(SETTINGS);
        SessionTls clientTls = provider.newSession(SETTINGS);
        TlsTransport atServer =
                TlsTransport.data(server, serverTls, ByteBuffer.allocate(0), buffers);
        TlsTransport atClient = TlsTransport.dataAsClient(client, clientTls, buffers);
        CompletableFuture<Void> shaking = start(atClient::handshake);
        atServer.handshake();
        shaking.join();
        TlsFacts facts = TlsFacts.asClient(atServer); // Nobody here asks for more.
        return new MeasuredConnection(
                connection(server, atServer, Optional.of(facts)), atClient, work);
    }

    private static CompletableFuture<Void> start(Work work) {
        return CompletableFuture.runAsync(
                () -> {
                    try {
                        work.run();
                    } catch (IOException failed) {
                        throw new UncheckedIOException(failed);
                    }
                },
                task -> Thread.ofPlatform().daemon().name("client").start(task));
    }

    @FunctionalInterface
    private interface Work {
        void run() throws IOException;
    }

    private static DataConnection connection(
            SocketChannel channel, Transport transport, Optional<TlsFacts> tls) {
        return new DataConnection(
                channel,
                transport,
                tls,
                DataConnection.Peer.CLIENT,
                SessionProof.NOTHING,
                DataConnection.Offered.NOTHING,
                _ -> () -> {},
                new SendQueues(Ticker.system()));
    }

    private static TlsSettings settings() {
        TestCertificate certificate = TestCertificate.ec();
        return new TlsSettings(
                new TlsIdentity(certificate.key(), certificate.chain()), TlsVersion.modern());
    }

    /// The server's end.
    public DataConnection server() {
        return server;
    }

    /// Says that this was all, and waits until the client has heard it.
    @Override
    public void close() throws IOException {
        server.finish();
        working.join();
        client.close();
        server.close();
    }
}
