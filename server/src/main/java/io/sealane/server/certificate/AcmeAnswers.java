package io.sealane.server.certificate;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.sealane.core.limit.BufferPool;
import io.sealane.core.tls.ClientHelloReader;
import io.sealane.core.tls.SessionTls;
import io.sealane.core.tls.TlsException;
import io.sealane.core.tls.TlsIdentity;
import io.sealane.core.tls.TlsTransport;
import io.sealane.core.wire.ClientHello;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// Answers to the challenges that are pending. Safe from any thread.
final class AcmeAnswers {
    /// What keeps an answer there; to close it takes it away.
    interface Pending extends AutoCloseable {
        @Override
        void close();
    }

    /// Connections at a time that wait on an address of its own; authorities come with some four.
    /// One more ends the eldest: an authority is through at once, and who says nothing can keep no
    /// place from it.
    private static final int CONNECTIONS_MAX = 32;

    private static final String WELL_KNOWN = "/.well-known/acme-challenge/";
    private static final int HTTP_OK = 200;
    private static final int HTTP_NOT_FOUND = 404;

    private final Map<String, TlsIdentity> byName = new ConcurrentHashMap<>();

    /// The TLS for a client that is an authority and checks a challenge; empty for all others.
    Optional<SessionTls> answer(ClientHello hello) throws TlsException {
        if (byName.isEmpty()
                || !hello.applicationProtocols().equals(List.of(ChallengeTls.PROTOCOL))
                || hello.serverName().isEmpty()) {
            return Optional.empty();
        }
        TlsIdentity challenge = byName.get(hello.serverName().get().toLowerCase(Locale.ROOT));
        return challenge == null ? Optional.empty() : Optional.of(ChallengeTls.of(challenge));
    }

    /// Answers tls-alpn-01 for a name wherever clients come with TLS.
    Pending byTls(String name, TlsIdentity challenge) {
        byName.put(name, challenge);
        return () -> byName.remove(name);
    }

    /// Answers tls-alpn-01 for a name on an address of its own as well.
    Pending byTls(String name, TlsIdentity challenge, InetSocketAddress address)
            throws IOException {
        ServerSocketChannel socket = ServerSocketChannel.open();
        try {
            socket.bind(address);
        } catch (IOException failed) {
            socket.close();
            throw new IOException(address + ": " + failed.getMessage(), failed);
        }
        Pending known = byTls(name, challenge);
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        threads.execute(() -> accept(socket, threads));
        return () -> {
            known.close();
            threads.shutdownNow(); // interrupts: that closes the channels they wait for
            close(socket);
            threads.close(); // waits until nobody holds the address any more
        };
    }

    /// Answers http-01: `token` with `authorization`.
    Pending byHttp(String token, String authorization, InetSocketAddress address)
            throws IOException {
        HttpServer http;
        try {
            http = HttpServer.create(address, 0);
        } catch (IOException failed) {
            throw new IOException(address + ": " + failed.getMessage(), failed);
        }
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        http.setExecutor(threads);
        http.createContext("/", exchange -> answer(exchange, token, authorization));
        http.start();
        return () -> {
            http.stop(0);
            threads.shutdownNow();
        };
    }

    private static void answer(HttpExchange exchange, String token, String authorization)
            throws IOException {
        try (exchange) {
            if (!exchange.getRequestURI().getPath().equals(WELL_KNOWN + token)) {
                exchange.sendResponseHeaders(HTTP_NOT_FOUND, -1);
                return;
            }
            byte[] body = authorization.getBytes(StandardCharsets.US_ASCII);
            exchange.getResponseHeaders().set("Content-Type", "application/octet-stream");
            exchange.sendResponseHeaders(HTTP_OK, body.length);
            try (OutputStream out = exchange.getResponseBody()) {
                out.write(body);
            }
        }
    }

    private void accept(ServerSocketChannel socket, ExecutorService threads) {
        BufferPool buffers = new BufferPool((long) CONNECTIONS_MAX * BufferPool.Size.BULK.bytes());
        Queue<SocketChannel> waiting = new ConcurrentLinkedQueue<>();
        try {
            while (true) {
                SocketChannel client = socket.accept(); // blocks
                waiting.add(client);
                if (waiting.size() > CONNECTIONS_MAX) {
                    close(waiting.remove());
                }
                threads.execute(() -> {
                    try {
                        shakeHands(client, buffers);
                    } finally {
                        waiting.remove(client);
                    }
                });
            }
        } catch (IOException takenAway) {
            close(socket);
        }
    }

    private void shakeHands(SocketChannel client, BufferPool buffers) {
        try (client) {
            ClientHelloReader.First first =
                    ClientHelloReader.read(client, ByteBuffer.allocate(0)); // blocks
            Optional<SessionTls> tls =
                    first.hello().isPresent() ? answer(first.hello().get()) : Optional.empty();
            if (tls.isPresent()) {
                try (SessionTls session = tls.get();
                        TlsTransport transport =
                                TlsTransport.control(client, session, first.octets(), buffers)) {
                    transport.handshake(); // blocks
                }
            }
        } catch (IOException strangerLeft) {
            // The authority itself says what it missed.
            return;
        }
    }

    private static void close(Channel socket) {
        try {
            socket.close();
        } catch (IOException closedEvenSo) {
            return;
        }
    }
}
