package io.sealane.core.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sealane.core.limit.BufferPool;
import io.sealane.core.tls.ClientCertificates.Presence;
import io.sealane.testkit.TestAuthority;
import io.sealane.testkit.TestAuthority.Spec;
import io.sealane.testkit.TestCertificate;
import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509CRL;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.CRC32;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLEngine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What every [TlsProvider] keeps, together with the transports on top of it: over real sockets,
/// against another implementation's client, with ciphertext whole and in pieces.
///
/// What a provider or a client cannot do is an ability method here, overridden with the reason.
public abstract class TlsProviderContract extends TlsResumptionContract {
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    /// Whether the provider takes a server name that is no host name.
    protected boolean takesAddressAsServerName() {
        return true;
    }

    /// Whether the provider answers what is no TLS by an alert.
    protected boolean alertsWhatIsNoTls() {
        return true;
    }

    // ---- handshakes

    @ParameterizedTest
    @EnumSource(names = {"TLS_1_2", "TLS_1_3"})
    void a_full_handshake_succeeds(TlsVersion version) throws IOException {
        for (TestCertificate certificate : List.of(TestCertificate.rsa(), TestCertificate.ec())) {
            SessionTls session = session(certificate, TlsVersion.modern());
            TlsPair pair = control(session, client(version), Chunking.WHOLE);
            assertThat(pair.server().negotiated().version()).isEqualTo(version.protocol());
            assertThat(pair.server().negotiated().cipher()).startsWith("TLS_").contains("AES_");
            assertThat(pair.server().negotiated().resumed()).isFalse();
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_handshake_in_pieces_succeeds(Chunking chunking) throws IOException {
        for (TlsVersion version : TlsVersion.modern()) {
            SessionTls session = session();
            TlsTestClient client = client(version);
            TlsPair control = control(session, client, chunking);
            exchangeOneByte(control);
            TlsPair data = data(session, client, chunking);
            assertThat(data.server().negotiated().resumed()).isTrue();
        }
    }

    @Test
    void bytes_read_before_the_handshake_belong_to_it() throws IOException {
        SessionTls session = session();
        ChunkingRelay relay = opened(ChunkingRelay.open(Chunking.WHOLE, 1));
        TlsTestClient client = opened(client(TlsVersion.TLS_1_3));
        SSLEngine engine = client.newEngine();
        ByteBuffer hello = ByteBuffer.allocateDirect(32 * 1024);
        engine.beginHandshake();
        engine.wrap(NOTHING, hello);
        client.release(engine);
        TlsTransport server =
                opened(TlsTransport.data(relay.serverSide(), session, hello.flip(), buffers));
        CompletableFuture<Void> serverDone = TlsPair.run(server::handshake);
        // The ServerHello can only be the answer to the bytes that were handed over.
        ByteBuffer answer = ByteBuffer.allocate(1);
        assertThat(relay.clientSide().read(answer)).isEqualTo(1);
        assertThat(answer.flip().get()).isEqualTo((byte) 0x16);
        relay.clientSide().shutdownOutput();
        assertThatThrownBy(() -> TlsPair.finish(serverDone)).isInstanceOf(TlsException.class);
    }

    @Test
    void no_common_version_ends_with_an_alert() throws IOException {
        SessionTls session = session(TestCertificate.rsa(), Set.of(TlsVersion.TLS_1_2));
        TlsTestClient client = opened(new JsseTestClient(TlsVersion.TLS_1_3));
        TlsPair pair = opened(TlsPair.unshaken(session, client, Chunking.WHOLE, buffers));
        CompletableFuture<Void> serverDone = TlsPair.run(pair.server()::handshake);
        assertThatThrownBy(() -> pair.client().handshake())
                .isInstanceOf(TlsException.class)
                .hasMessageContaining("protocol_version");
        assertThatThrownBy(() -> TlsPair.finish(serverDone))
                .isInstanceOf(TlsException.class)
                .hasMessageContaining("TLS handshake failed");
    }

    @Test
    void what_is_no_tls_ends_the_handshake() throws IOException {
        ChunkingRelay.Socketpair sockets = sockets();
        TlsTransport server = dataOn(sockets.accepted(), session());
        sockets.connected()
                .write(ByteBuffer.wrap("USER anonymous\r\n".getBytes(StandardCharsets.US_ASCII)));
        assertThatThrownBy(server::handshake).isInstanceOf(TlsException.class);
        server.closeOutput();
        int answered = sockets.connected().read(ByteBuffer.allocate(64));
        assertThat(answered).isEqualTo(alertsWhatIsNoTls() ? 7 : -1);
    }

    @Test
    void a_fin_within_the_handshake_is_a_failure_in_words() throws IOException {
        ChunkingRelay.Socketpair sockets = sockets();
        TlsTransport server = dataOn(sockets.accepted(), session());
        sockets.connected().shutdownOutput();
        assertThatThrownBy(server::handshake)
                .isInstanceOf(TlsException.class)
                .hasMessageContaining("ended the connection within the handshake");
    }

    @Test
    void an_alert_within_the_handshake_is_a_failure() throws IOException {
        ChunkingRelay.Socketpair sockets = sockets();
        TlsTransport server = dataOn(sockets.accepted(), session());
        byte[] handshakeFailure = {0x15, 0x03, 0x01, 0x00, 0x02, 0x02, 0x28};
        sockets.connected().write(ByteBuffer.wrap(handshakeFailure));
        assertThatThrownBy(server::handshake).isInstanceOf(TlsException.class);
    }

    @Test
    void nothing_but_a_fin_is_sent_when_closed_before_the_handshake() throws IOException {
        ChunkingRelay.Socketpair sockets = sockets();
        dataOn(sockets.accepted(), session()).closeOutput();
        assertThat(sockets.connected().read(ByteBuffer.allocate(64))).isEqualTo(-1);
    }

    @ParameterizedTest
    @EnumSource(names = {"TLS_1_2", "TLS_1_3"})
    void application_bytes_in_the_last_flight_are_kept(TlsVersion version) throws IOException {
        for (int attempt = 0; attempt < 20; attempt++) {
            SessionTls session = session();
            TlsPair pair =
                    opened(
                            TlsPair.unshaken(
                                    session, opened(client(version)), Chunking.WHOLE, buffers));
            byte[] sent = bytes(100_000, attempt);
            CompletableFuture<Void> clientDone =
                    TlsPair.run(() -> {
                        pair.client().handshake();
                        pair.client().write(direct(sent));
                        pair.client().closeOutput();
                    });
            pair.server().handshake();
            assertThat(readAll(pair.server())).isEqualTo(sent);
            TlsPair.finish(clientDone);
        }
    }

    @Test
    void ftp_is_chosen_where_it_is_offered_and_nothing_where_it_is_not() throws IOException {
        for (TlsVersion version : TlsVersion.modern()) {
            for (List<String> offered :
                    List.of(List.of("http/1.1", "ftp"), List.of("h2", "x"), List.<String>of())) {
                JsseTestClient client = opened(new JsseTestClient(version, offered, List.of()));
                SSLEngine engine = client.newEngine();
                TlsPair pair = control(session(), new FixedClient(engine), Chunking.WHOLE);
                exchangeOneByte(pair);
                assertThat(engine.getApplicationProtocol())
                        .isEqualTo(offered.contains("ftp") ? "ftp" : "");
            }
        }
    }

    @Test
    void an_ipv6_literal_as_server_name_is_no_failure() throws IOException {
        assumeTrue(takesAddressAsServerName());
        SNIServerName literal = new SNIServerName(0, "::1".getBytes(StandardCharsets.US_ASCII)) {};
        for (TlsVersion version : TlsVersion.modern()) {
            JsseTestClient client =
                    opened(new JsseTestClient(version, List.of(), List.of(literal)));
            exchangeOneByte(control(session(), client, Chunking.WHOLE));
        }
    }

    // ---- certificates of clients

    private static final TestAuthority ROOT = TestAuthority.root("CN=Clients");
    // A chain of three: tickets hold it, and were too long for an engine's buffer once.
    private static final TestCertificate ALICE =
            ROOT.authority("CN=Below").authority("CN=Deep").issue(Spec.of("CN=alice"));
    private static final TestCertificate BOB = ROOT.issue(Spec.of("CN=bob"));

    /// The alert for a certificate that is required and not shown.
    protected String alertForNoCertificate(TlsVersion version) {
        return switch (version) {
            case TLS_1_0, TLS_1_1, TLS_1_2 -> "handshake_failure";
            case TLS_1_3 -> "certificate_required";
        };
    }

    /// The alert for a certificate that is shown and not taken.
    protected String alertFor(ClientCertificateException.Reason reason) {
        return switch (reason) {
            case EXPIRED -> "certificate_expired";
            case REVOKED -> "certificate_revoked";
            case UNTRUSTED -> "unknown_ca";
            case WRONG_USE -> "unsupported_certificate";
            case MISSING, NOT_YET_VALID, CRL_MISSING, CRL_EXPIRED, CHAIN_TOO_LONG, BROKEN ->
                    "certificate_unknown";
        };
    }

    @ParameterizedTest
    @EnumSource(names = {"TLS_1_2", "TLS_1_3"})
    void a_required_certificate_is_shown_and_resumes(TlsVersion version) throws IOException {
        for (Presence presence : Presence.values()) {
            SessionTls session = asking(presence);
            TlsTestClient client = JsseTestClient.showing(version, ALICE);
            assertThat(session.client()).isEmpty();
            TlsPair control = control(session, client, Chunking.WHOLE);
            assertThat(control.server().negotiated().client()).isEqualTo(session.client());
            assertThat(session.client().orElseThrow().users()).containsExactly("alice");
            exchangeOneByte(control);
            for (int i = 0; i < 20; i++) {
                control.server().offerTicket();
                exchangeOneByte(control);
                try (TlsPair data = TlsPair.data(session, client, Chunking.WHOLE, buffers)) {
                    Handshake done = data.server().negotiated();
                    assertThat(done.resumed()).as("connection %s", i).isTrue();
                    assertThat(done.client()).isEqualTo(session.client());
                    exchangeOneByte(data);
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"TLS_1_2", "TLS_1_3"})
    void a_full_handshake_of_data_shows_who_is_there(TlsVersion version) throws IOException {
        SessionTls session = asking(Presence.REQUIRED);
        control(session, JsseTestClient.showing(version, ALICE), Chunking.WHOLE);
        Handshake same =
                data(session, JsseTestClient.showing(version, ALICE), Chunking.WHOLE)
                        .server()
                        .negotiated();
        assertThat(same.resumed()).isFalse();
        assertThat(same.client()).isEqualTo(session.client());
        Handshake other =
                data(session, JsseTestClient.showing(version, BOB), Chunking.WHOLE)
                        .server()
                        .negotiated();
        assertThat(other.client()).isPresent().isNotEqualTo(session.client());
        Handshake none = data(session, client(version), Chunking.WHOLE).server().negotiated();
        assertThat(none.client()).isEmpty();
        assertThat(none.resumed()).isFalse();
    }

    @ParameterizedTest
    @EnumSource(names = {"TLS_1_2", "TLS_1_3"})
    void an_optional_certificate_may_be_absent(TlsVersion version) throws IOException {
        SessionTls session = asking(Presence.OPTIONAL);
        TlsTestClient client = client(version);
        TlsPair control = control(session, client, Chunking.WHOLE);
        assertThat(session.client()).isEmpty();
        exchangeOneByte(control);
        TlsPair data = data(session, client, Chunking.WHOLE);
        assertThat(data.server().negotiated().resumed()).isTrue();
        // Nobody is asked on data connections either.
        TlsPair full = data(session, JsseTestClient.showing(version, BOB), Chunking.WHOLE);
        assertThat(full.server().negotiated().client()).isEmpty();
        exchangeOneByte(full);
    }

    @ParameterizedTest
    @EnumSource(names = {"TLS_1_2", "TLS_1_3"})
    void a_required_certificate_that_is_absent_ends_the_handshake(TlsVersion version)
            throws IOException {
        refusesClient(
                asking(Presence.REQUIRED),
                client(version),
                "client-certificate-missing",
                alertForNoCertificate(version));
    }

    @ParameterizedTest
    @EnumSource(names = {"TLS_1_2", "TLS_1_3"})
    void a_certificate_that_is_not_good_ends_the_handshake(TlsVersion version) throws IOException {
        Instant past = Instant.now().minusSeconds(10);
        Instant future = Instant.now().plusSeconds(1000);
        Map<ClientCertificateException.Reason, TestCertificate> bad =
                Map.of(
                        ClientCertificateException.Reason.UNTRUSTED,
                        TestAuthority.root("CN=Clients").issue(Spec.of("CN=eve")),
                        ClientCertificateException.Reason.EXPIRED,
                        ROOT.issue(Spec.of("CN=eve").valid(past.minusSeconds(10), past)),
                        ClientCertificateException.Reason.NOT_YET_VALID,
                        ROOT.issue(Spec.of("CN=eve").valid(future, future.plusSeconds(10))),
                        ClientCertificateException.Reason.WRONG_USE,
                        ROOT.issue(Spec.of("CN=eve").uses(Spec.SERVER_AUTH)),
                        ClientCertificateException.Reason.REVOKED,
                        BOB);
        for (Presence presence : Presence.values()) {
            for (var each : bad.entrySet()) {
                refusesClient(
                        asking(presence, ROOT.revocations(BOB.certificate())),
                        JsseTestClient.showing(version, each.getValue()),
                        each.getKey().code() + ": CN=",
                        alertFor(each.getKey()));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"TLS_1_2", "TLS_1_3"})
    void clients_are_told_which_authorities_count(TlsVersion version) throws IOException {
        JsseTestClient client = JsseTestClient.showing(version, ALICE);
        control(asking(Presence.OPTIONAL), client, Chunking.WHOLE);
        assertThat(client.issuersToldLast())
                .containsExactly(ROOT.certificate().getSubjectX500Principal());
    }

    private SessionTls asking(Presence presence, X509CRL... lists) throws TlsException {
        ClientTrust trust =
                new ClientTrust(
                        List.of(ROOT.certificate()), List.of(lists), InstantSource.system());
        TestCertificate own = TestCertificate.ec();
        return opened(
                provider.newSession(
                        new TlsSettings(
                                new TlsIdentity(own.key(), own.chain()),
                                TlsVersion.modern(),
                                Strength.MODERN,
                                new ClientCertificates.AskedFor(
                                        presence,
                                        trust,
                                        new CertificateLogin(
                                                CertificateNames.SUBJECT_CN,
                                                CertificateLogin.Password.NOT_NEEDED)))));
    }

    private void refusesClient(
            SessionTls session, TlsTestClient client, String reason, String alert)
            throws IOException {
        ChunkingRelay relay = opened(ChunkingRelay.open(Chunking.WHOLE, 1));
        TlsTransport server =
                opened(
                        TlsTransport.control(
                                relay.serverSide(), session, ByteBuffer.allocate(0), buffers));
        TlsTransport other = opened(TlsPair.clientOn(relay, opened(client), buffers));
        CompletableFuture<Void> serverDone = TlsPair.run(server::handshake);
        // In TLS 1.3 the client is done before its certificate is looked at.
        assertThatThrownBy(
                        () -> {
                            other.handshake();
                            readAll(other);
                        })
                .isInstanceOf(TlsException.class)
                .satisfies(failure ->
                        // BoringSSL's clients write it in capitals.
                        assertThat(failure.getMessage()).containsIgnoringCase(alert));
        assertThatThrownBy(() -> TlsPair.finish(serverDone))
                .isInstanceOf(TlsException.class)
                .satisfies(failure ->
                        assertThat(
                                        ClientCertificateException.behind(failure)
                                                .orElseThrow()
                                                .detail())
                                .startsWith(reason));
        assertThat(session.client()).isEmpty();
    }

    // ---- ends

    @ParameterizedTest
    @EnumSource
    void close_notify_is_told_in_both_directions(Chunking chunking) throws IOException {
        for (TlsVersion version : TlsVersion.modern()) {
            TlsPair pair = data(session(), client(version), chunking);
            pair.client().closeOutput();
            assertThat(readAll(pair.server())).isEmpty();
            assertThat(pair.server().inboundEnd()).isEqualTo(StreamEnd.CLOSE_NOTIFY);
            pair.server().closeOutput();
            pair.server().closeOutput();
            assertThat(readAll(pair.client())).isEmpty();
            assertThat(pair.client().inboundEnd()).isEqualTo(StreamEnd.CLOSE_NOTIFY);
        }
    }

    @ParameterizedTest
    @EnumSource
    void an_empty_stream_may_end_with_the_handshake(Chunking chunking) throws IOException {
        for (TlsVersion version : TlsVersion.modern()) {
            for (int attempt = 0; attempt < 10; attempt++) {
                TlsTestClient client = opened(client(version));
                TlsPair pair = opened(TlsPair.unshaken(session(), client, chunking, buffers));
                CompletableFuture<Void> ended =
                        TlsPair.run(() -> {
                            pair.client().handshake();
                            pair.client().closeOutput();
                        });
                pair.server().handshake();
                assertThat(readAll(pair.server())).isEmpty();
                assertThat(pair.server().inboundEnd()).isEqualTo(StreamEnd.CLOSE_NOTIFY);
                TlsPair.finish(ended);
                pair.server().closeOutput();
                assertThat(readAll(pair.client())).isEmpty();
                assertThat(pair.client().inboundEnd()).isEqualTo(StreamEnd.CLOSE_NOTIFY);
            }
        }
    }

    /// Also where both come in one segment, as a client's may that only reads.
    @ParameterizedTest
    @EnumSource
    void a_client_that_ends_its_half_with_the_handshake_is_sent_all(Chunking chunking)
            throws IOException {
        for (TlsVersion version : TlsVersion.modern()) {
            SessionTls session = session();
            TlsTestClient client = opened(client(version));
            exchangeOneByte(control(session, client, Chunking.WHOLE));
            for (int attempt = 0; attempt < 10; attempt++) { // The first of 1.2 may not resume.
                TlsPair pair = opened(TlsPair.unshaken(session, client, chunking, buffers));
                byte[] sent = bytes(50_000, attempt);
                CompletableFuture<Void> ended =
                        TlsPair.run(() -> {
                            pair.client().handshake();
                            pair.client().closeOutput();
                        });
                pair.server().handshake();
                TlsPair.finish(ended);
                pair.server().write(direct(sent));
                pair.server().closeOutput();
                assertThat(readAll(pair.client())).isEqualTo(sent);
                assertThat(pair.client().inboundEnd()).isEqualTo(StreamEnd.CLOSE_NOTIFY);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"TLS_1_2", "TLS_1_3"})
    void a_sender_that_closes_first_is_answered(TlsVersion version) throws IOException {
        TlsPair pair = data(session(), client(version), Chunking.WHOLE);
        byte[] sent = bytes(20_000, 3);
        pair.server().write(direct(sent));
        pair.server().closeOutput();
        assertThat(readAll(pair.client())).isEqualTo(sent);
        assertThat(pair.client().inboundEnd()).isEqualTo(StreamEnd.CLOSE_NOTIFY);
        pair.client().closeOutput();
        assertThat(readAll(pair.server())).isEmpty();
        assertThat(pair.server().inboundEnd()).isEqualTo(StreamEnd.CLOSE_NOTIFY);
    }

    // ---- between servers

    @ParameterizedTest
    @EnumSource(names = {"TLS_1_2", "TLS_1_3"})
    void a_client_engine_speaks_with_another_server(TlsVersion version) throws IOException {
        SessionTls here = session(TestCertificate.rsa(), Set.of(version));
        SessionTls there = session();
        for (boolean upload : new boolean[] {true, false}) {
            ChunkingRelay.Socketpair sockets = sockets();
            TlsTransport client =
                    opened(TlsTransport.dataAsClient(sockets.connected(), here, buffers));
            TlsTransport server = dataOn(sockets.accepted(), there);
            CompletableFuture<Void> shaken = TlsPair.run(server::handshake);
            client.handshake();
            TlsPair.finish(shaken);
            assertThat(client.negotiated().version()).isEqualTo(version.protocol());
            assertThat(client.negotiated().resumed()).isFalse();
            assertThat(server.negotiated().resumed()).isFalse();
            moves(upload ? client : server, upload ? server : client, 1_000_000);
        }
    }

    @Test
    void a_client_engine_is_not_made_of_a_session_that_was_closed() throws IOException {
        SessionTls closed = session();
        closed.close();
        assertThatThrownBy(closed::newClientEngine).isInstanceOf(TlsException.class);
    }

    // ---- leaving TLS

    @ParameterizedTest
    @EnumSource
    void tls_is_left_and_the_connection_goes_on_in_the_clear(Chunking chunking) throws IOException {
        for (TlsVersion version : TlsVersion.modern()) {
            TlsPair pair = control(session(), client(version), chunking);
            exchangeOneByte(pair);
            assertThat(pair.server().hasUnread()).isFalse();
            Transport server = pair.server().leave();
            Transport client = pair.client().leave();
            server.write(text("220 in the clear"));
            assertThat(readText(client, 16)).isEqualTo("220 in the clear");
            client.write(text("NOOP"));
            assertThat(readText(server, 4)).isEqualTo("NOOP");
            client.closeOutput();
            assertThat(server.read(ByteBuffer.allocate(1))).isEqualTo(-1);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"TLS_1_2", "TLS_1_3"})
    void a_peer_may_leave_its_close_notify_out(TlsVersion version) throws IOException {
        TlsPair pair = control(session(), client(version), Chunking.WHOLE);
        Transport server = pair.server().leave();
        pair.relay().clientSide().write(text("PWD in the clear"));
        assertThat(readText(server, 16)).isEqualTo("PWD in the clear");
    }

    @ParameterizedTest
    @EnumSource(names = {"TLS_1_2", "TLS_1_3"})
    void a_peer_that_leaves_may_be_gone_at_once(TlsVersion version) throws IOException {
        TlsPair pair = control(session(), client(version), Chunking.WHOLE);
        Transport server = pair.server().leave();
        pair.relay().clientSide().shutdownOutput();
        assertThat(server.read(ByteBuffer.allocate(1))).isEqualTo(-1);
    }

    @ParameterizedTest
    @EnumSource(names = {"TLS_1_2", "TLS_1_3"})
    void a_peer_that_goes_on_under_tls_is_a_failure(TlsVersion version) throws IOException {
        TlsPair pair = control(session(), client(version), Chunking.WHOLE);
        Transport server = pair.server().leave();
        pair.client().write(text("PWD"));
        assertThatThrownBy(() -> server.read(ByteBuffer.allocate(1)))
                .isInstanceOf(TlsException.class);
    }

    @ParameterizedTest
    @EnumSource(names = {"TLS_1_2", "TLS_1_3"})
    void bytes_that_are_neither_tls_nor_text_are_a_failure(TlsVersion version) throws IOException {
        TlsPair pair = control(session(), client(version), Chunking.WHOLE);
        Transport server = pair.server().leave();
        byte[] record = new byte[5 + 100];
        record[0] = 23;
        record[1] = 3;
        record[2] = 3;
        record[4] = 100;
        pair.relay().clientSide().write(ByteBuffer.wrap(record));
        assertThatThrownBy(() -> server.read(ByteBuffer.allocate(1)))
                .isInstanceOf(TlsException.class);
        record[3] = (byte) 0xFF;
        TlsPair other = control(session(), client(version), Chunking.WHOLE);
        Transport second = other.server().leave();
        other.relay().clientSide().write(ByteBuffer.wrap(record));
        assertThatThrownBy(() -> second.read(ByteBuffer.allocate(1)))
                .isInstanceOf(TlsException.class)
                .hasMessageContaining("too long");
    }

    /// The control connection gives no ticket behind the end of TLS. The JDK's client uses each
    /// once.
    @ParameterizedTest
    @EnumSource(names = {"TLS_1_2", "TLS_1_3"})
    void data_connections_that_resumed_give_tickets_when_tls_was_left(TlsVersion version)
            throws IOException {
        SessionTls session = session();
        TlsTestClient client = opened(new JsseTestClient(version));
        TlsPair control = control(session, client, Chunking.WHOLE);
        exchangeOneByte(control);
        control.server().leave();
        session.controlLeft();
        for (int i = 0; i < 20; i++) {
            try (TlsPair data = TlsPair.data(session, client, Chunking.WHOLE, buffers)) {
                assertThat(data.server().negotiated().resumed()).as("connection %s", i).isTrue();
                exchangeOneByte(data);
            }
        }
        TlsTestClient stranger = opened(new JsseTestClient(version));
        for (int i = 0; i < 3; i++) {
            try (TlsPair data = TlsPair.data(session, stranger, Chunking.WHOLE, buffers)) {
                assertThat(data.server().negotiated().resumed()).as("stranger %s", i).isFalse();
                exchangeOneByte(data);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_bare_fin_is_told_from_a_close_notify(Chunking chunking) throws IOException {
        for (TlsVersion version : TlsVersion.modern()) {
            TlsPair pair = data(session(), client(version), chunking);
            byte[] sent = bytes(1000, 5);
            pair.client().write(direct(sent));
            pair.relay().clientSide().shutdownOutput();
            assertThat(readAll(pair.server())).isEqualTo(sent);
            assertThat(pair.server().inboundEnd()).isEqualTo(StreamEnd.FIN);
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_fin_within_a_record_is_a_cut(Chunking chunking) throws IOException {
        for (int octets : new int[] {1, 4, 5, 60}) {
            for (TlsVersion version : TlsVersion.modern()) {
                TlsPair pair = data(session(), client(version), chunking);
                byte[] sent = bytes(1000, octets);
                pair.client().write(direct(sent));
                ByteBuffer record = ByteBuffer.allocate(100).put(new byte[] {23, 3, 3, 0, 95});
                pair.relay().clientSide().write(record.position(0).limit(octets));
                pair.relay().clientSide().shutdownOutput();
                assertThat(readAll(pair.server())).isEqualTo(sent);
                assertThat(pair.server().inboundEnd()).isEqualTo(StreamEnd.CUT);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"TLS_1_2", "TLS_1_3"})
    void a_reset_is_a_failure(TlsVersion version) throws IOException {
        SessionTls session = session();
        TlsTestClient client = client(version);
        // Without it JSSE would send a ticket, and the relay might meet the reset by writing that,
        // and then no more by reading: the kernel tells an error once.
        exchangeOneByte(control(session, client, Chunking.WHOLE));
        TlsPair pair = data(session, client, Chunking.WHOLE);
        reset(pair.relay().clientSide());
        assertThatThrownBy(() -> readAll(pair.server())).isInstanceOf(IOException.class);
    }

    @ParameterizedTest
    @EnumSource(names = {"TLS_1_2", "TLS_1_3"})
    void a_reset_behind_close_notify_is_a_close_notify(TlsVersion version) throws IOException {
        TlsPair pair = data(session(), client(version), Chunking.WHOLE);
        byte[] sent = bytes(30_000, 9);
        pair.client().write(direct(sent));
        pair.client().closeOutput();
        reset(pair.relay().clientSide());
        assertThat(readAll(pair.server())).isEqualTo(sent);
        assertThat(pair.server().inboundEnd()).isEqualTo(StreamEnd.CLOSE_NOTIFY);
        assertThat(pair.server().read(ByteBuffer.allocate(1))).isEqualTo(-1);
    }

    @ParameterizedTest
    @EnumSource(names = {"TLS_1_2", "TLS_1_3"})
    void a_bad_record_is_a_failure_with_an_alert(TlsVersion version) throws IOException {
        TlsPair pair = data(session(), client(version), Chunking.WHOLE);
        byte[] record = new byte[5 + 40];
        record[0] = 0x17;
        record[1] = 0x03;
        record[2] = 0x03;
        record[4] = 40;
        pair.relay().clientSide().write(ByteBuffer.wrap(record));
        assertThatThrownBy(() -> readAll(pair.server())).isInstanceOf(TlsException.class);
        assertThatThrownBy(() -> readAll(pair.client()))
                .isInstanceOf(TlsException.class)
                .hasMessageContaining("TLS failed while receiving");
    }

    // ---- bytes

    @ParameterizedTest
    @EnumSource(names = {"TLS_1_2", "TLS_1_3"})
    void ten_mebibytes_arrive_in_both_directions(TlsVersion version) throws IOException {
        for (Chunking chunking : List.of(Chunking.WHOLE, Chunking.RANDOM)) {
            TlsPair pair = data(session(), client(version), chunking);
            moves(pair.server(), pair.client(), 10 * 1024 * 1024);
            TlsPair other = data(session(), client(version), chunking);
            moves(other.client(), other.server(), 10 * 1024 * 1024);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"TLS_1_2", "TLS_1_3"})
    void bytes_one_by_one_arrive(TlsVersion version) throws IOException {
        TlsPair pair = data(session(), client(version), Chunking.SINGLE_BYTES);
        moves(pair.server(), pair.client(), 70_000);
        TlsPair other = data(session(), client(version), Chunking.SINGLE_BYTES);
        moves(other.client(), other.server(), 70_000);
    }

    @ParameterizedTest
    @EnumSource(names = {"TLS_1_2", "TLS_1_3"})
    void small_and_heap_buffers_do_as_well(TlsVersion version) throws IOException {
        for (int targetSize : List.of(1, 100, 5000, 40_000)) {
            for (boolean direct : new boolean[] {true, false}) {
                TlsPair pair = control(session(), client(version), Chunking.RANDOM);
                byte[] sent = bytes(50_000, targetSize);
                CompletableFuture<Void> written =
                        TlsPair.run(() -> {
                            pair.client().write(ByteBuffer.wrap(sent));
                            pair.client().closeOutput();
                        });
                ByteBuffer target =
                        direct
                                ? ByteBuffer.allocateDirect(targetSize)
                                : ByteBuffer.allocate(targetSize);
                ByteBuffer received = ByteBuffer.allocate(sent.length + 1);
                while (pair.server().read(target.clear()) >= 0) {
                    received.put(target.flip());
                }
                TlsPair.finish(written);
                assertThat(received.flip()).isEqualTo(ByteBuffer.wrap(sent));
            }
        }
    }

    @Test
    void a_waiting_control_connection_holds_one_small_buffer() throws Exception {
        TlsPair pair = control(session(), client(TlsVersion.TLS_1_3), Chunking.WHOLE);
        exchangeOneByte(pair);
        CompletableFuture<Void> reading =
                TlsPair.run(() -> assertThat(readAll(pair.server())).isEmpty());
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(5);
        // The client's transport holds a bulk buffer behind its first read.
        long expected = (long) BufferPool.Size.LINE.bytes() + BufferPool.Size.BULK.bytes();
        while (buffers.lentBytes() != expected && System.nanoTime() < deadline) {
            Thread.onSpinWait();
        }
        assertThat(buffers.lentBytes()).isEqualTo(expected);
        pair.client().closeOutput();
        TlsPair.finish(reading);
    }

    // ---- closing from elsewhere

    @Test
    void a_close_ends_a_waiting_reader() throws IOException {
        TlsPair pair = data(session(), client(TlsVersion.TLS_1_3), Chunking.WHOLE);
        CompletableFuture<Void> reading = TlsPair.run(() -> readAll(pair.server()));
        pair.server().close();
        pair.server().close();
        assertThatThrownBy(() -> TlsPair.finish(reading)).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> pair.server().write(direct(bytes(1, 1))))
                .isInstanceOf(IOException.class);
    }

    @ParameterizedTest
    @EnumSource(names = {"TLS_1_2", "TLS_1_3"})
    void a_close_while_bytes_move_is_a_failure_and_no_crash(TlsVersion version) throws IOException {
        SessionTls session = session();
        TlsTestClient client = opened(client(version));
        Random random = new Random(4711);
        for (int round = 0; round < 60; round++) {
            try (TlsPair pair = TlsPair.data(session, client, Chunking.WHOLE, buffers)) {
                AtomicLong moved = new AtomicLong();
                List<CompletableFuture<Void>> movers =
                        List.of(
                                TlsPair.run(() -> writeForever(pair.server(), moved)),
                                TlsPair.run(() -> readForever(pair.server(), moved)),
                                TlsPair.run(() -> writeForever(pair.client(), moved)),
                                TlsPair.run(() -> readForever(pair.client(), moved)));
                long goal = random.nextInt(2_000_000);
                while (moved.get() < goal) {
                    Thread.onSpinWait();
                }
                pair.server().close();
                pair.client().close();
                for (CompletableFuture<Void> mover : movers) {
                    assertThatThrownBy(() -> TlsPair.finish(mover)).isInstanceOf(IOException.class);
                }
            }
        }
    }

    @Test
    void a_close_within_the_handshake_is_a_failure_and_no_crash() throws IOException {
        SessionTls session = session();
        for (int round = 0; round < 100; round++) {
            TlsTestClient client = opened(client(TlsVersion.TLS_1_3));
            try (TlsPair pair = TlsPair.unshaken(session, client, Chunking.SINGLE_BYTES, buffers)) {
                CompletableFuture<Void> server = TlsPair.run(pair.server()::handshake);
                CompletableFuture<Void> other = TlsPair.run(pair.client()::handshake);
                while (pair.relay().bytesToClient() < round * 10L) {
                    Thread.onSpinWait();
                }
                pair.server().close();
                pair.client().close();
                assertThatThrownBy(
                                () -> {
                                    TlsPair.finish(server);
                                    pair.server().write(direct(bytes(1, 1)));
                                })
                        .isInstanceOf(IOException.class);
                assertThatThrownBy(
                                () -> {
                                    TlsPair.finish(other);
                                    pair.client().write(direct(bytes(1, 1)));
                                })
                        .isInstanceOf(IOException.class);
            }
        }
    }

    // ---- steps

    private ChunkingRelay.Socketpair sockets() throws IOException {
        ChunkingRelay.Socketpair sockets = ChunkingRelay.Socketpair.open();
        opened(sockets.connected());
        return sockets;
    }

    private TlsTransport dataOn(SocketChannel channel, SessionTls session) throws IOException {
        return opened(TlsTransport.data(channel, session, ByteBuffer.allocate(0), buffers));
    }

    private static void moves(TlsTransport from, TlsTransport to, int count) throws IOException {
        byte[] sent = bytes(count, count);
        CompletableFuture<Void> writing =
                TlsPair.run(() -> {
                    ByteBuffer source = ByteBuffer.allocateDirect(256 * 1024);
                    for (int at = 0; at < count; at += source.limit()) {
                        source.clear().limit(Math.min(source.capacity(), count - at));
                        source.put(0, sent, at, source.limit());
                        from.write(source);
                    }
                    from.closeOutput();
                });
        CRC32 received = new CRC32();
        ByteBuffer target = ByteBuffer.allocateDirect(256 * 1024);
        long total = 0;
        int read;
        while ((read = to.read(target.clear())) >= 0) {
            assertThat(target.position()).isEqualTo(read);
            total += read;
            received.update(target.flip());
        }
        TlsPair.finish(writing);
        assertThat(total).isEqualTo(count);
        assertThat(to.inboundEnd()).isEqualTo(StreamEnd.CLOSE_NOTIFY);
        CRC32 expected = new CRC32();
        expected.update(sent);
        assertThat(received.getValue()).isEqualTo(expected.getValue());
    }

    private static ByteBuffer text(String text) {
        return direct(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static String readText(Transport transport, int length) throws IOException {
        ByteBuffer target = ByteBuffer.allocate(length);
        while (target.hasRemaining()) {
            assertThat(transport.read(target)).isPositive();
        }
        return new String(target.array(), StandardCharsets.US_ASCII);
    }

    private static void writeForever(TlsTransport transport, AtomicLong moved) throws IOException {
        ByteBuffer source = ByteBuffer.allocateDirect(100_000);
        while (true) {
            transport.write(source.clear());
            moved.addAndGet(source.capacity());
        }
    }

    private static void readForever(TlsTransport transport, AtomicLong moved) throws IOException {
        ByteBuffer target = ByteBuffer.allocateDirect(256 * 1024);
        while (transport.read(target.clear()) >= 0) {
            moved.addAndGet(target.position());
        }
        throw new IOException("the peer has closed");
    }

    private static void reset(SocketChannel channel) throws IOException {
        channel.setOption(StandardSocketOptions.SO_LINGER, 0);
        channel.close();
    }

    /// A client of one engine, which the test looks at.
    private record FixedClient(SSLEngine engine) implements TlsTestClient {
        @Override
        public SSLEngine newEngine() {
            return engine;
        }

        @Override
        public void release(SSLEngine engine) {}

        @Override
        public void close() {}
    }
}
