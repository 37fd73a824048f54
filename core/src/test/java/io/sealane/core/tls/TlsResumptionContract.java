package io.sealane.core.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sealane.core.limit.BufferPool;
import io.sealane.testkit.TestCertificate;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.cert.CertificateEncodingException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What every [TlsProvider] keeps of session resumption, which has as many ways as there are kinds
/// of client: the part of [TlsProviderContract] to run against one more kind.
@Timeout(value = 60, unit = TimeUnit.SECONDS)
public abstract class TlsResumptionContract {
    private static final long TICKET_BYTES_MIN = 64;

    final BufferPool buffers = new BufferPool(64 * 1024 * 1024);
    private final List<AutoCloseable> opened = new ArrayList<>();
    TlsProvider provider = new JsseProvider();

    protected abstract TlsProvider provider();

    /// A client that remembers what it is given.
    protected TlsTestClient client(TlsVersion version) {
        return new JsseTestClient(version);
    }

    /// A TLS 1.2 client without tickets, which has session ids alone.
    protected TlsTestClient clientWithoutTickets() {
        return new JsseTestClient(TlsVersion.TLS_1_2);
    }

    /// The JDK's client offers tickets unless the whole JVM is told otherwise.
    protected boolean clientCanGoWithoutTickets() {
        return false;
    }

    /// How often the client resumes with what one handshake gave it in TLS 1.3. The JDK's uses each
    /// ticket once.
    protected int resumptions() {
        return 1;
    }

    /// An encrypted close_notify. TLS 1.2: header, explicit nonce, alert, tag. TLS 1.3: header,
    /// alert, type, tag, and what padding the provider adds.
    protected int closeNotifyBytes(TlsVersion version) {
        return switch (version) {
            case TLS_1_0, TLS_1_1 -> throw new IllegalArgumentException("not of today: " + version);
            case TLS_1_2 -> 5 + 8 + 2 + 16;
            case TLS_1_3 -> 5 + 2 + 1 + 16;
        };
    }

    @BeforeEach
    void prepare() {
        provider = provider();
    }

    @AfterEach
    void everyBufferIsGivenBack() throws Exception {
        for (AutoCloseable resource : opened.reversed()) {
            resource.close();
        }
        // A transport whose reader is still inside gives its buffer back as the reader leaves.
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(5);
        while (buffers.lentBytes() != 0 && System.nanoTime() < deadline) {
            Thread.onSpinWait();
        }
        assertThat(buffers.lentBytes()).isZero();
    }

    @Test
    void tickets_resume_on_data_connections_in_tls_1_3() throws IOException {
        resumesOnData(client(TlsVersion.TLS_1_3), resumptions());
    }

    @Test
    void a_ticket_resumes_on_data_connections_in_tls_1_2() throws IOException {
        resumesOnData(client(TlsVersion.TLS_1_2), 100);
    }

    @Test
    void a_session_id_resumes_on_data_connections_in_tls_1_2() throws IOException {
        assumeTrue(clientCanGoWithoutTickets());
        resumesOnData(clientWithoutTickets(), 100);
    }

    private void resumesOnData(TlsTestClient client, int times) throws IOException {
        SessionTls session = session();
        TlsPair control = control(session, client, Chunking.WHOLE);
        exchangeOneByte(control);
        for (int i = 0; i < times; i++) {
            try (TlsPair data = TlsPair.data(session, client, Chunking.WHOLE, buffers)) {
                assertThat(data.server().negotiated().resumed()).as("connection %s", i).isTrue();
                // Not by the provider's word alone: no certificate has passed.
                assertThat(control.bytesOfHandshake() - data.bytesOfHandshake())
                        .isGreaterThan(certificateBytes());
                // Every other one breaks off: that must not cost the next its resumption.
                if (i % 2 == 0) {
                    exchangeOneByte(data);
                    data.server().closeOutput();
                }
            }
        }
    }

    /// Clients that use a ticket once and keep the newest only have to have another each time.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "TLS_AES_128_GCM_SHA256",
                "TLS_AES_256_GCM_SHA384",
                "TLS_CHACHA20_POLY1305_SHA256"
            })
    void a_ticket_offered_resumes_each_time(String suite) throws IOException {
        SessionTls session = session();
        TlsTestClient client = opened(JsseTestClient.ofSuites(TlsVersion.TLS_1_3, List.of(suite)));
        TlsPair control = control(session, client, Chunking.WHOLE);
        exchangeOneByte(control);
        for (int i = 0; i < 100; i++) {
            control.server().offerTicket();
            exchangeOneByte(control);
            try (TlsPair data = TlsPair.data(session, client, Chunking.WHOLE, buffers)) {
                assertThat(data.server().negotiated().resumed()).as("connection %s", i).isTrue();
                exchangeOneByte(data);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void what_is_said_with_a_ticket_arrives(Chunking chunking) throws IOException {
        for (TlsVersion version : TlsVersion.modern()) {
            TlsPair pair = control(session(), client(version), chunking);
            byte[] sent = bytes(100_000, 11);
            CompletableFuture<Void> written =
                    TlsPair.run(() -> {
                        for (int at = 0; at < sent.length; at += 20_000) {
                            pair.server().offerTicket();
                            pair.server().write(ByteBuffer.wrap(sent, at, 20_000));
                        }
                        pair.server().offerTicket();
                        pair.server().closeOutput();
                    });
            assertThat(readAll(pair.client())).isEqualTo(sent);
            assertThat(pair.client().inboundEnd()).isEqualTo(StreamEnd.CLOSE_NOTIFY);
            TlsPair.finish(written);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"TLS_1_2", "TLS_1_3"})
    void a_session_resumes_seconds_later(TlsVersion version) throws Exception {
        SessionTls session = session();
        TlsTestClient client = client(version);
        exchangeOneByte(control(session, client, Chunking.WHOLE));
        // Lifetimes count in seconds, and engines count them down.
        new CountDownLatch(1).await(2100, TimeUnit.MILLISECONDS);
        TlsPair data = data(session, client, Chunking.WHOLE);
        assertThat(data.server().negotiated().resumed()).isTrue();
    }

    /// CCC (RFC 4217 section 7) ends the control connection's TLS, not its data connections'.
    @ParameterizedTest
    @EnumSource(names = {"TLS_1_2", "TLS_1_3"})
    void a_session_resumes_when_the_control_transport_is_gone(TlsVersion version)
            throws IOException {
        SessionTls session = session();
        TlsTestClient client = opened(client(version));
        try (TlsPair control = TlsPair.control(session, client, Chunking.WHOLE, buffers)) {
            exchangeOneByte(control);
        }
        TlsPair data = data(session, client, Chunking.WHOLE);
        assertThat(data.server().negotiated().resumed()).isTrue();
    }

    @ParameterizedTest
    @EnumSource(names = {"TLS_1_2", "TLS_1_3"})
    void what_another_control_connection_gave_does_not_resume(TlsVersion version)
            throws IOException {
        TlsTestClient client = client(version);
        exchangeOneByte(control(session(), client, Chunking.WHOLE));
        SessionTls other = session();
        TlsPair control = control(other, client(version), Chunking.WHOLE);
        TlsPair data = data(other, client, Chunking.WHOLE);
        assertThat(data.server().negotiated().resumed()).isFalse();
        assertThat(control.bytesOfHandshake() - data.bytesOfHandshake())
                .isLessThan(certificateBytes());
        exchangeOneByte(data);
    }

    @ParameterizedTest
    @EnumSource(names = {"TLS_1_2", "TLS_1_3"})
    void what_a_data_connection_established_is_no_proof(TlsVersion version) throws IOException {
        SessionTls session = session();
        control(session, client(version), Chunking.WHOLE);
        TlsTestClient stranger = client(version);
        for (int i = 0; i < 3; i++) {
            TlsPair data = data(session, stranger, Chunking.WHOLE);
            exchangeOneByte(data);
            assertThat(data.server().negotiated().resumed()).isFalse();
            if (version == TlsVersion.TLS_1_3) {
                assertThat(data.bytesOfHandshake()).isGreaterThan(certificateBytes());
            }
        }
    }

    @Test
    void the_control_connection_gives_a_ticket_at_once() throws IOException {
        SessionTls session = session();
        TlsPair control = control(session, client(TlsVersion.TLS_1_3), Chunking.WHOLE);
        // The same handshake without tickets.
        TlsPair data = data(session, client(TlsVersion.TLS_1_3), Chunking.WHOLE);
        long expected = data.relay().bytesToClient() + TICKET_BYTES_MIN;
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(5);
        while (control.relay().bytesToClient() < expected && System.nanoTime() < deadline) {
            Thread.onSpinWait();
        }
        assertThat(control.relay().bytesToClient()).isGreaterThanOrEqualTo(expected);
    }

    @ParameterizedTest
    @EnumSource(names = {"TLS_1_2", "TLS_1_3"})
    void a_data_connection_sends_nothing_behind_finished_but_close_notify(TlsVersion version)
            throws IOException {
        SessionTls session = session();
        TlsTestClient client = client(version);
        exchangeOneByte(control(session, client, Chunking.WHOLE));
        sendsNothingButCloseNotify(data(session, client, Chunking.WHOLE), version);
        // And the same with a full handshake.
        TlsPair full = data(session, client(version), Chunking.WHOLE);
        assertThat(full.server().negotiated().resumed()).isFalse();
        sendsNothingButCloseNotify(full, version);
    }

    private void sendsNothingButCloseNotify(TlsPair data, TlsVersion version) throws IOException {
        CompletableFuture<Void> uploaded =
                TlsPair.run(() -> {
                    data.client().write(direct(bytes(50_000, 7)));
                    data.client().closeOutput();
                });
        assertThat(readAll(data.server())).hasSize(50_000);
        TlsPair.finish(uploaded);
        assertThat(data.bytesBehindHandshake()).isZero();
        data.server().closeOutput();
        assertThat(readAll(data.client())).isEmpty();
        assertThat(data.bytesBehindHandshake()).isEqualTo(closeNotifyBytes(version));
    }

    @Test
    void a_session_that_was_closed_makes_no_more_engines_and_keeps_the_old() throws IOException {
        SessionTls session = session();
        TlsPair control = control(session, client(TlsVersion.TLS_1_3), Chunking.WHOLE);
        session.close();
        session.close();
        assertThatThrownBy(session::newDataEngine).isInstanceOf(TlsException.class);
        exchangeOneByte(control);
    }

    // ---- steps

    /// Whether a client that has used what the handshake gave it resumes by a ticket that it was
    /// offered.
    protected final boolean resumesByTheTicketOffered(TlsProvider other) throws IOException {
        provider = other;
        SessionTls session = session();
        TlsTestClient client = new JsseTestClient(TlsVersion.TLS_1_3);
        TlsPair control = control(session, client, Chunking.WHOLE);
        exchangeOneByte(control);
        while (data(session, client, Chunking.WHOLE).server().negotiated().resumed()) {
            // One ticket less.
        }
        control.server().offerTicket();
        exchangeOneByte(control);
        return data(session, client, Chunking.WHOLE).server().negotiated().resumed();
    }

    final SessionTls session() throws TlsException {
        return session(TestCertificate.rsa(), TlsVersion.modern());
    }

    final SessionTls session(TestCertificate certificate, Set<TlsVersion> versions)
            throws TlsException {
        TlsIdentity identity = new TlsIdentity(certificate.key(), certificate.chain());
        return opened(provider.newSession(new TlsSettings(identity, versions)));
    }

    final TlsPair control(SessionTls session, TlsTestClient client, Chunking chunking)
            throws IOException {
        return opened(TlsPair.control(session, opened(client), chunking, buffers));
    }

    final TlsPair data(SessionTls session, TlsTestClient client, Chunking chunking)
            throws IOException {
        return opened(TlsPair.data(session, opened(client), chunking, buffers));
    }

    final <T extends AutoCloseable> T opened(T resource) {
        if (!opened.contains(resource)) {
            opened.add(resource);
        }
        return resource;
    }

    static int certificateBytes() {
        try {
            return TestCertificate.rsa().certificate().getEncoded().length;
        } catch (CertificateEncodingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /// One byte each way: behind it the client has whatever the handshake gave it.
    static void exchangeOneByte(TlsPair pair) throws IOException {
        ByteBuffer one = ByteBuffer.allocate(1);
        pair.server().write(direct(new byte[] {42}));
        assertThat(pair.client().read(one)).isEqualTo(1);
        assertThat(one.flip().get()).isEqualTo((byte) 42);
        pair.client().write(direct(new byte[] {43}));
        assertThat(pair.server().read(one.clear())).isEqualTo(1);
        assertThat(one.flip().get()).isEqualTo((byte) 43);
    }

    static byte[] readAll(TlsTransport transport) throws IOException {
        ByteBuffer target = ByteBuffer.allocateDirect(256 * 1024);
        int read = 0;
        while (read >= 0) {
            read = transport.read(target);
        }
        byte[] received = new byte[target.flip().remaining()];
        target.get(received);
        return received;
    }

    static ByteBuffer direct(byte[] bytes) {
        return ByteBuffer.allocateDirect(bytes.length).put(bytes).flip();
    }

    static byte[] bytes(int count, long seed) {
        byte[] bytes = new byte[count];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }
}
