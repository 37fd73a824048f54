package io.sealane.tls.boringssl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sealane.core.limit.BufferPool;
import io.sealane.core.tls.Handshake;
import io.sealane.core.tls.JsseProvider;
import io.sealane.core.tls.SessionTls;
import io.sealane.core.tls.Strength;
import io.sealane.core.tls.TlsException;
import io.sealane.core.tls.TlsIdentity;
import io.sealane.core.tls.TlsSettings;
import io.sealane.core.tls.TlsTransport;
import io.sealane.core.tls.TlsVersion;
import io.sealane.testkit.TestCertificate;
import io.sealane.tls.boringssl.BoringSslTestClient.Memory;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What a legacy listener serves, and that nobody else does.
@Timeout(value = 30, unit = TimeUnit.SECONDS)
final class BoringSslLegacyTest {
    private static final TlsIdentity RSA =
            new TlsIdentity(TestCertificate.rsa().key(), TestCertificate.rsa().chain());
    private static final TlsSettings LEGACY =
            new TlsSettings(RSA, EnumSet.allOf(TlsVersion.class), Strength.LEGACY);
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final ByteBuffer NOTHING = ByteBuffer.allocateDirect(0);

    private final BufferPool buffers = new BufferPool(1 << 24);

    @ParameterizedTest
    @CsvSource({
        "TLS_1_0, AES128-SHA, TLS_RSA_WITH_AES_128_CBC_SHA",
        "TLS_1_0, AES256-SHA, TLS_RSA_WITH_AES_256_CBC_SHA",
        "TLS_1_0, ECDHE-RSA-AES128-SHA, TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA",
        "TLS_1_1, ECDHE-RSA-AES256-SHA, TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA",
        "TLS_1_2, AES128-SHA, TLS_RSA_WITH_AES_128_CBC_SHA",
        "TLS_1_2, AES256-GCM-SHA384, TLS_RSA_WITH_AES_256_GCM_SHA384",
        "TLS_1_2, ECDHE-RSA-AES128-GCM-SHA256, TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
    })
    void old_versions_and_suites_are_served(TlsVersion version, String suite, String name)
            throws Exception {
        try (SessionTls session = provider().newSession(LEGACY);
                BoringSslTestClient client =
                        new BoringSslTestClient(version, Memory.TICKET, List.of(suite))) {
            Handshake done = control(session, client);
            assertThat(done.version()).isEqualTo(version.protocol());
            assertThat(done.cipher()).isEqualTo(name);
        }
    }

    /// Session binding is as good as in TLS 1.2.
    @ParameterizedTest
    @CsvSource({
        "TLS_1_0, TICKET",
        "TLS_1_0, SESSION_ID",
        "TLS_1_1, TICKET",
        "TLS_1_1, SESSION_ID",
    })
    void data_connections_resume_and_those_of_others_do_not(TlsVersion version, Memory memory)
            throws Exception {
        try (SessionTls session = provider().newSession(LEGACY);
                SessionTls other = provider().newSession(LEGACY);
                BoringSslTestClient client = new BoringSslTestClient(version, memory);
                BoringSslTestClient stranger = new BoringSslTestClient(version, memory)) {
            assertThat(control(session, client).resumed()).isFalse();
            control(other, stranger);
            for (int i = 0; i < 3; i++) {
                assertThat(data(session, client).resumed()).isTrue();
            }
            assertThat(data(session, stranger).resumed()).isFalse();
            // What it got from that is no proof either.
            assertThat(data(session, stranger).resumed()).isFalse();
        }
    }

    @ParameterizedTest
    @CsvSource({"TLS_1_0, AES128-SHA", "TLS_1_2, AES128-SHA", "TLS_1_2, ECDHE-RSA-AES128-SHA"})
    void a_listener_of_today_serves_none_of_it(TlsVersion version, String suite) throws Exception {
        try (SessionTls session = provider().newSession(new TlsSettings(RSA, TlsVersion.modern()));
                BoringSslTestClient client =
                        new BoringSslTestClient(version, Memory.TICKET, List.of(suite))) {
            assertThatThrownBy(() -> control(session, client)).isInstanceOf(IOException.class);
        }
    }

    /// Measured: BoringSSL has them no more.
    @Test
    void triple_des_and_rc4_are_not_in_the_library() {
        for (String suite : List.of("DES-CBC3-SHA", "RC4-SHA", "DHE-RSA-AES128-SHA")) {
            assertThatThrownBy(() ->
                            new BoringSslTestClient(
                                    TlsVersion.TLS_1_0, Memory.TICKET, List.of(suite)))
                    .as(suite)
                    .isInstanceOf(RuntimeException.class);
        }
    }

    @Test
    void the_jdk_serves_no_legacy_listener() {
        assertThat(new JsseProvider().strengths()).containsExactly(Strength.MODERN);
        assertThatThrownBy(() -> new JsseProvider().newSession(LEGACY))
                .isInstanceOf(TlsException.class)
                .hasMessageContaining("legacy");
        assertThatThrownBy(() -> new TlsSettings(RSA, EnumSet.allOf(TlsVersion.class)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static BoringSslProvider provider() {
        return BoringSslProvider.load().orElseThrow();
    }

    private Handshake control(SessionTls session, BoringSslTestClient client) throws Exception {
        return shaken(
                client,
                channel -> TlsTransport.control(channel, session, ByteBuffer.allocate(0), buffers));
    }

    private Handshake data(SessionTls session, BoringSslTestClient client) throws Exception {
        return shaken(
                client,
                channel -> TlsTransport.data(channel, session, ByteBuffer.allocate(0), buffers));
    }

    @FunctionalInterface
    private interface Opener {
        TlsTransport open(SocketChannel channel) throws TlsException;
    }

    private static Handshake shaken(BoringSslTestClient client, Opener opener) throws Exception {
        try (ServerSocketChannel listener = ServerSocketChannel.open()) {
            listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            try (SocketChannel connected = SocketChannel.open(listener.getLocalAddress());
                    TlsTransport server = opener.open(listener.accept())) {
                CompletableFuture<Void> clientDone =
                        CompletableFuture.runAsync(() -> shakeHands(client, connected));
                try {
                    server.handshake();
                } catch (IOException failed) {
                    connected.shutdownOutput(); // Or the client would wait.
                    throw failed;
                }
                clientDone.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
                return server.negotiated();
            }
        }
    }

    /// The client's half, as small as can be.
    private static void shakeHands(BoringSslTestClient client, SocketChannel channel) {
        SSLEngine engine = client.newEngine();
        try {
            ByteBuffer in = ByteBuffer.allocateDirect(64 * 1024).limit(0);
            ByteBuffer out = ByteBuffer.allocateDirect(64 * 1024);
            engine.beginHandshake();
            while (engine.getHandshakeStatus() != HandshakeStatus.NOT_HANDSHAKING) {
                if (engine.getHandshakeStatus() == HandshakeStatus.NEED_TASK) {
                    engine.getDelegatedTask().run();
                } else if (engine.getHandshakeStatus() == HandshakeStatus.NEED_WRAP) {
                    engine.wrap(NOTHING, out);
                    channel.write(out.flip());
                    out.clear();
                } else if (engine.unwrap(in, out).getStatus() == Status.BUFFER_UNDERFLOW
                        && engine.getHandshakeStatus() == HandshakeStatus.NEED_UNWRAP) {
                    // It may say BUFFER_UNDERFLOW and be done at once.
                    in.compact();
                    int read = channel.read(in);
                    in.flip();
                    if (read < 0) {
                        return;
                    }
                }
            }
        } catch (SSLException refused) {
            return;
        } catch (IOException broken) {
            throw new IllegalStateException(broken);
        } finally {
            client.release(engine);
        }
    }
}
