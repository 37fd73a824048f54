package io.sealane.core.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.sealane.core.limit.BufferPool;
import io.sealane.core.tls.ChunkingRelay.Socketpair;
import io.sealane.testkit.TestCertificate;
import java.io.IOException;
import java.net.InetAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Why a handshake fails has the same word whatever library the server uses.
@Timeout(value = 30, unit = TimeUnit.SECONDS)
public abstract class HandshakeReasonContract {
    /// A ClientHello of TLS 1.0 with three suites and no extensions.
    private static final String OLD_HELLO =
            "160301003101" + "00002d0301" + "00".repeat(32) + "0000060005000a002f0100";

    /// The same with an extension: ALPN, `h2`.
    private static final String OLD_HELLO_OF_HTTP =
            "160301003c01"
                    + "0000380301"
                    + "00".repeat(32)
                    + "0000060005000a002f0100"
                    + "000900100005000302"
                    + "6832";

    private static final int LENT_BYTES_MAX = 1 << 24;

    private final BufferPool buffers = new BufferPool(LENT_BYTES_MAX);
    private final List<AutoCloseable> opened = new ArrayList<>();

    protected abstract TlsProvider provider();

    @AfterEach
    void everyBufferIsGivenBack() throws Exception {
        for (AutoCloseable resource : opened.reversed()) {
            resource.close();
        }
        assertThat(buffers.lentBytes()).isZero();
    }

    @Test
    void no_common_version() throws Exception {
        SessionTls session = session(TestCertificate.ec(), Set.of(TlsVersion.TLS_1_2));
        assertThat(failure(session, to -> to.setProtocols(new String[] {"TLSv1.3"})).code())
                .isEqualTo("no-common-version");
        HandshakeFailure old = failure(session(), OLD_HELLO);
        assertThat(old.code()).isEqualTo("no-common-version");
        assertThat(ClientOffer.describe(old.hello()))
                .isEqualTo(
                        "client offered TLS1.0; ciphers=TLS_RSA_WITH_RC4_128_SHA,"
                                + "TLS_RSA_WITH_3DES_EDE_CBC_SHA,TLS_RSA_WITH_AES_128_CBC_SHA;"
                                + " groups=-; signatures=-; alpn=-; sni=-");
    }

    /// A handshake takes two.
    @Test
    void where_the_buffers_run_out_none_is_kept() throws Exception {
        SessionTls session = session();
        int bytes = BufferPool.Size.RECORD.bytes();
        List<ByteBuffer> others = new ArrayList<>();
        while (buffers.lentBytes() + 2L * bytes <= LENT_BYTES_MAX) {
            others.add(buffers.take(BufferPool.Size.RECORD));
        }
        long before = buffers.lentBytes();
        assertThat(failure(session, OLD_HELLO).detail()).contains("buffer limit");
        assertThat(buffers.lentBytes()).isEqualTo(before);
        others.forEach(buffers::give);
    }

    @Test
    void no_common_cipher() throws Exception {
        HandshakeFailure failure =
                failure(
                        session(),
                        to -> {
                            to.setProtocols(new String[] {"TLSv1.2"});
                            to.setCipherSuites(
                                    new String[] {"TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256"});
                        });
        assertThat(failure.code()).isEqualTo("no-common-cipher");
        assertThat(ClientOffer.describe(failure.hello()))
                .startsWith(
                        "client offered TLS1.2; ciphers=TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256");
    }

    /// The suites would do, if the certificate were another.
    @Test
    void no_cipher_that_goes_with_the_certificate() throws Exception {
        HandshakeFailure failure =
                failure(
                        session(TestCertificate.rsa(), TlsVersion.modern()),
                        to -> {
                            to.setProtocols(new String[] {"TLSv1.2"});
                            to.setCipherSuites(
                                    new String[] {"TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256"});
                        });
        assertThat(failure.code()).isEqualTo("no-common-cipher");
    }

    @ParameterizedTest
    @EnumSource(names = {"TLS_1_2", "TLS_1_3"})
    void no_common_group(TlsVersion version) throws Exception {
        HandshakeFailure failure =
                failure(
                        session(TestCertificate.rsa(), TlsVersion.modern()),
                        to -> {
                            to.setProtocols(new String[] {version.protocol()});
                            to.setNamedGroups(new String[] {"secp521r1", "ffdhe2048"});
                        });
        assertThat(failure.code()).isEqualTo("no-common-group");
        assertThat(ClientOffer.describe(failure.hello())).contains("; groups=secp521r1");
    }

    @Test
    void no_common_signature() throws Exception {
        HandshakeFailure failure =
                failure(
                        session(),
                        to -> {
                            to.setProtocols(new String[] {"TLSv1.3"});
                            to.setSignatureSchemes(new String[] {"rsa_pss_rsae_sha256"});
                        });
        assertThat(failure.code()).isEqualTo("no-common-signature");
    }

    @ParameterizedTest
    @EnumSource(names = {"TLS_1_2", "TLS_1_3"})
    void a_client_that_does_not_trust_the_certificate_says_so(TlsVersion version) throws Exception {
        Socketpair sockets = sockets();
        SSLSocket client = client(SSLContext.getDefault(), sockets.connected());
        client.setEnabledProtocols(new String[] {version.protocol()});
        CompletableFuture<Void> clientDone = TlsPair.run(client::startHandshake);
        assertThat(failure(session(), sockets.accepted()).code())
                .isEqualTo("client-alert-certificate-unknown");
        assertThatThrownBy(() -> TlsPair.finish(clientDone)).isInstanceOf(SSLException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "28, client-alert-handshake-failure",
        "2a, client-alert-bad-certificate",
        "2d, client-alert-certificate-expired",
        "30, client-alert-unknown-ca",
        "46, client-alert-protocol-version",
        "70, client-alert-unrecognized-name",
    })
    void an_alert_has_its_name(String number, String code) throws Exception {
        assertThat(failure(session(), "15030100020" + "2" + number).code()).isEqualTo(code);
    }

    /// OpenSSL's clients say so in the clear where the server expects a protected record.
    @ParameterizedTest
    @ValueSource(strings = {"15030300020230", "14030300010115030300020230"})
    void an_alert_in_the_clear_behind_the_servers_flight_has_its_name(String octets)
            throws Exception {
        Socketpair sockets = sockets();
        sockets.connected().write(hello("TLSv1.3"));
        CompletableFuture<Void> client =
                TlsPair.run(() -> {
                    sockets.connected().read(ByteBuffer.allocate(16 * 1024));
                    sockets.connected().write(ByteBuffer.wrap(HexFormat.of().parseHex(octets)));
                });
        assertThat(failure(session(), sockets.accepted()).code())
                .isEqualTo("client-alert-unknown-ca");
        TlsPair.finish(client);
    }

    @Test
    void something_else_than_tls() throws Exception {
        assertThat(failure(session(), "474554202f20485454502f312e310d0a0d0a").code())
                .isEqualTo("not-tls");
    }

    /// TLS 1.2 with TLS_FALLBACK_SCSV, where 1.3 is served.
    @Test
    void a_client_that_has_fallen_back() throws Exception {
        String hello =
                "160301003b 01000037 0303 RANDOM 00 0004 c02b5600 01 00"
                        + " 000a 000d 0006 0004 0401 0403";
        String hex = hello.replace("RANDOM", "00".repeat(32)).replace(" ", "");
        assertThat(failure(session(), hex).code()).isEqualTo("inappropriate-fallback");
    }

    /// In TLS 1.2, of a client that says nothing of signatures, of one that takes SHA-1 alone, and
    /// of one that takes nothing else of this kind of key.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "160301002d 01000029 0303 RANDOM 00 0002 c02b 01 00",
                "1603010039 01000035 0303 RANDOM 00 0002 c02b 01 00 000a 000d 0006 0004 0201 0203",
                "1603010039 01000035 0303 RANDOM 00 0002 c02b 01 00 000a 000d 0006 0004 0804 0203",
            })
    void nothing_is_signed_with_sha_1(String hello) throws Exception {
        String hex = hello.replace("RANDOM", "00".repeat(32)).replace(" ", "");
        assertThat(failure(session(), hex).code()).isEqualTo("no-common-signature");
    }

    /// A whole hello in the format of SSL 2, for SSL 2 and for TLS 1.0.
    @ParameterizedTest
    @ValueSource(strings = {"0002", "0301"})
    void a_hello_of_ssl_2(String version) throws Exception {
        String hello = "802501" + version + "000c00000010" + "01008000000a00002f0700c0";
        assertThat(failure(session(), hello + "00".repeat(16)).code())
                .isEqualTo("no-common-version");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1603010004020000000000", "160301000601000002030100"})
    void a_broken_client_hello(String hex) throws Exception {
        assertThat(failure(session(), hex).code()).isEqualTo("broken-client-hello");
    }

    @Test
    void a_client_that_leaves() throws Exception {
        Socketpair silent = sockets();
        silent.connected().shutdownOutput();
        assertThat(failure(session(), silent.accepted()).code()).isEqualTo("connection-closed");
        Socketpair begun = sockets();
        begun.connected().write(ByteBuffer.wrap(HexFormat.of().parseHex("160301003101")));
        begun.connected().shutdownOutput();
        assertThat(failure(session(), begun.accepted()).code()).isEqualTo("connection-closed");
    }

    @Test
    void a_client_that_resets() throws Exception {
        Socketpair sockets = sockets();
        sockets.connected().setOption(StandardSocketOptions.SO_LINGER, 0);
        sockets.connected().close();
        assertThat(failure(session(), sockets.accepted()).code()).isEqualTo("connection-reset");
    }

    @Test
    void a_connection_that_is_closed_here() throws Exception {
        Socketpair sockets = sockets();
        ServerHandshake handshake = new ServerHandshake(sockets.accepted());
        CompletableFuture<Void> closing = TlsPair.run(() -> sockets.accepted().close());
        HandshakeFailure failure =
                catchThrowableOfType(
                        HandshakeFailure.class,
                        () ->
                                handshake.shake(
                                        ByteBuffer.allocate(0),
                                        first -> {
                                            throw new AssertionError("nobody said anything");
                                        }));
        TlsPair.finish(closing);
        assertThat(failure.code()).isEqualTo("abandoned");
        assertThat(failure.afterTimeout().code()).isEqualTo("handshake-timeout");
    }

    @Test
    void a_server_without_a_certificate() throws Exception {
        Socketpair sockets = sockets();
        sockets.connected().write(ByteBuffer.wrap(HexFormat.of().parseHex(OLD_HELLO)));
        HandshakeFailure failure =
                catchThrowableOfType(
                        HandshakeFailure.class,
                        () ->
                                new ServerHandshake(sockets.accepted())
                                        .shake(
                                                ByteBuffer.allocate(0),
                                                first -> {
                                                    throw new TlsException("no certificate");
                                                }));
        assertThat(failure.code()).isEqualTo("tls-unavailable");
        assertThat(failure.detail()).isEqualTo("no certificate");
    }

    /// The alert has a record version that the client understands (RFC 8446 section 5.1).
    @Test
    void a_foreign_application_protocol_is_refused_by_its_alert() throws Exception {
        for (String version : List.of("TLSv1.2", "TLSv1.3")) {
            assertThat(alertTo(hello(version, "h2", "http/1.1"))).isEqualTo("15030300020278");
        }
        ByteBuffer old = ByteBuffer.wrap(HexFormat.of().parseHex(OLD_HELLO_OF_HTTP));
        assertThat(alertTo(old)).isEqualTo("15030100020278");
    }

    private String alertTo(ByteBuffer hello) throws Exception {
        Socketpair sockets = sockets();
        sockets.connected().write(hello);
        HandshakeFailure failure = failure(session(), sockets.accepted());
        assertThat(failure.code()).isEqualTo("alpn-mismatch");
        assertThat(ClientOffer.describe(failure.hello())).contains("; alpn=h2");
        ByteBuffer answer = ByteBuffer.allocate(64);
        sockets.connected().read(answer);
        return HexFormat.of().formatHex(answer.array(), 0, answer.position());
    }

    @Test
    void ftp_or_none_is_taken() throws Exception {
        for (List<String> offered : List.of(List.of("x-filezilla-ftp", "ftp"), List.<String>of())) {
            Socketpair sockets = sockets();
            SSLSocket client = client(JsseTestClient.trustingAll(), sockets.connected());
            SSLParameters parameters = client.getSSLParameters();
            parameters.setApplicationProtocols(offered.toArray(String[]::new));
            client.setSSLParameters(parameters);
            CompletableFuture<Void> clientDone = TlsPair.run(client::startHandshake);
            TlsTransport server = shaken(session(), sockets.accepted());
            TlsPair.finish(clientDone);
            assertThat(client.getApplicationProtocol()).isEqualTo(offered.isEmpty() ? "" : "ftp");
            assertThat(server.negotiated().version()).isEqualTo("TLSv1.3");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "TLSv1.3, x25519, x25519",
        "TLSv1.3, secp384r1, secp384r1",
        "TLSv1.2, secp256r1, secp256r1",
    })
    void the_group_is_told(String version, String offered, String group) throws Exception {
        Socketpair sockets = sockets();
        SSLSocket client = client(JsseTestClient.trustingAll(), sockets.connected());
        SSLParameters parameters = client.getSSLParameters();
        parameters.setProtocols(new String[] {version});
        parameters.setNamedGroups(new String[] {offered});
        client.setSSLParameters(parameters);
        CompletableFuture<Void> clientDone = TlsPair.run(client::startHandshake);
        assertThat(
                        shaken(
                                        session(TestCertificate.rsa(), TlsVersion.modern()),
                                        sockets.accepted())
                                .group())
                .isEqualTo(group);
        TlsPair.finish(clientDone);
    }

    // ---- steps

    private SessionTls session() throws TlsException {
        return session(TestCertificate.ec(), TlsVersion.modern());
    }

    private SessionTls session(TestCertificate certificate, Set<TlsVersion> versions)
            throws TlsException {
        TlsIdentity identity = new TlsIdentity(certificate.key(), certificate.chain());
        SessionTls session = provider().newSession(new TlsSettings(identity, versions));
        opened.add(session);
        return session;
    }

    private Socketpair sockets() throws IOException {
        Socketpair sockets = Socketpair.open();
        opened.add(sockets.connected());
        opened.add(sockets.accepted());
        return sockets;
    }

    /// What the server makes of a JDK client of these parameters.
    private HandshakeFailure failure(SessionTls session, Consumer<SSLParameters> change)
            throws Exception {
        Socketpair sockets = sockets();
        SSLSocket client = client(JsseTestClient.trustingAll(), sockets.connected());
        SSLParameters parameters = client.getSSLParameters();
        change.accept(parameters);
        client.setSSLParameters(parameters);
        CompletableFuture<Void> clientDone = TlsPair.run(client::startHandshake);
        HandshakeFailure failure = failure(session, sockets.accepted());
        sockets.accepted().close();
        assertThatThrownBy(() -> TlsPair.finish(clientDone)).isInstanceOf(IOException.class);
        return failure;
    }

    /// What the server makes of a client that sends these octets and waits.
    private HandshakeFailure failure(SessionTls session, String hex) throws Exception {
        Socketpair sockets = sockets();
        sockets.connected().write(ByteBuffer.wrap(HexFormat.of().parseHex(hex)));
        return failure(session, sockets.accepted());
    }

    private HandshakeFailure failure(SessionTls session, SocketChannel accepted) {
        return catchThrowableOfType(HandshakeFailure.class, () -> shaken(session, accepted));
    }

    private TlsTransport shaken(SessionTls session, SocketChannel accepted)
            throws HandshakeFailure {
        ServerHandshake handshake = new ServerHandshake(accepted);
        opened.add(handshake::abandon);
        return handshake.shake(
                ByteBuffer.allocate(0),
                first -> TlsTransport.control(accepted, session, first.octets(), buffers));
    }

    private static SSLSocket client(SSLContext context, SocketChannel connected)
            throws IOException {
        return (SSLSocket)
                context.getSocketFactory()
                        .createSocket(
                                connected.socket(),
                                InetAddress.getLoopbackAddress().getHostAddress(),
                                0,
                                true);
    }

    private static ByteBuffer hello(String version, String... protocols)
            throws GeneralSecurityException, SSLException {
        var engine = JsseTestClient.trustingAll().createSSLEngine();
        engine.setUseClientMode(true);
        SSLParameters parameters = engine.getSSLParameters();
        parameters.setProtocols(new String[] {version});
        parameters.setApplicationProtocols(protocols);
        engine.setSSLParameters(parameters);
        ByteBuffer out = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
        engine.wrap(ByteBuffer.allocate(0), out);
        return out.flip();
    }
}
