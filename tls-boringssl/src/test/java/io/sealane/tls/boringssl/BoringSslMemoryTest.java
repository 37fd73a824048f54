package io.sealane.tls.boringssl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sealane.core.tls.Handshake;
import io.sealane.core.tls.JsseTestClient;
import io.sealane.core.tls.SessionTls;
import io.sealane.core.tls.TlsIdentity;
import io.sealane.core.tls.TlsSettings;
import io.sealane.core.tls.TlsTestClient;
import io.sealane.core.tls.TlsVersion;
import io.sealane.testkit.TestCertificate;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.Test;

/// That sessions and engines leave nothing behind in native memory.
final class BoringSslMemoryTest {
    private static final Path STATUS = Path.of("/proc/self/status");

    /// Sessions made and closed; one in ten with handshakes, which take a hundred times as long.
    private static final int SESSIONS = 10_000;

    private static final int WARM_UP_SESSIONS = 3_000;

    /// A leaked context alone would be 40 MiB and more.
    private static final long GROWTH_KIBIBYTES_MAX = 16 * 1024;

    private final BoringSslProvider provider = BoringSslProvider.load().orElseThrow();
    private final ByteBuffer toServer = ByteBuffer.allocateDirect(64 * 1024);
    private final ByteBuffer toClient = ByteBuffer.allocateDirect(64 * 1024);
    private final ByteBuffer scratch = ByteBuffer.allocateDirect(64 * 1024);

    @Test
    void ten_thousand_sessions_leave_nothing_behind() throws IOException {
        assumeTrue(Files.isReadable(STATUS));
        makeSessions(WARM_UP_SESSIONS);
        long before = residentKibibytes();
        makeSessions(SESSIONS);
        assertThat(residentKibibytes() - before).isLessThan(GROWTH_KIBIBYTES_MAX);
    }

    private void makeSessions(int count) throws IOException {
        TlsIdentity identity =
                new TlsIdentity(TestCertificate.ec().key(), TestCertificate.ec().chain());
        TlsSettings settings = new TlsSettings(identity, TlsVersion.modern());
        for (int i = 0; i < count; i++) {
            SessionTls session = provider.newSession(settings);
            SSLEngine control = session.newControlEngine();
            if (i % 10 == 0) {
                shakeHands(session, control, i % 20 == 0 ? TlsVersion.TLS_1_2 : TlsVersion.TLS_1_3);
            }
            SSLEngine data = session.newDataEngine();
            session.close();
            session.release(control);
            session.release(data);
        }
    }

    private void shakeHands(SessionTls session, SSLEngine control, TlsVersion version)
            throws IOException {
        try (TlsTestClient client = new JsseTestClient(version)) {
            handshake(control, client.newEngine());
            SSLEngine data = session.newDataEngine();
            handshake(data, client.newEngine());
            assertThat(session.describe(data))
                    .as("%s", session.describe(control))
                    .matches(Handshake::resumed);
            session.release(data);
        }
    }

    private void handshake(SSLEngine server, SSLEngine client) throws SSLException {
        server.beginHandshake();
        client.beginHandshake();
        toServer.clear();
        toClient.clear();
        while (busy(server) || busy(client)) {
            step(client, toClient, toServer);
            step(server, toServer, toClient);
        }
        // The tickets, which came with the server's last words.
        toClient.flip();
        while (toClient.hasRemaining()) {
            client.unwrap(toClient, scratch.clear());
        }
    }

    private void step(SSLEngine engine, ByteBuffer in, ByteBuffer out) throws SSLException {
        HandshakeStatus status = engine.getHandshakeStatus();
        if (status == HandshakeStatus.NEED_TASK) {
            engine.getDelegatedTask().run();
        } else if (status == HandshakeStatus.NEED_WRAP) {
            engine.wrap(ByteBuffer.allocateDirect(0), out);
        } else if (status == HandshakeStatus.NEED_UNWRAP) {
            in.flip();
            SSLEngineResult result = engine.unwrap(in, scratch.clear());
            in.compact();
            assertThat(result.getStatus()).isNotEqualTo(SSLEngineResult.Status.CLOSED);
        }
    }

    private static boolean busy(SSLEngine engine) {
        return engine.getHandshakeStatus() != HandshakeStatus.NOT_HANDSHAKING;
    }

    private static long residentKibibytes() throws IOException {
        // What is garbage is not what is leaked.
        System.gc();
        for (String line : Files.readAllLines(STATUS)) {
            if (line.startsWith("VmRSS:")) {
                return Long.parseLong(line.replaceAll("\\D", ""));
            }
        }
        throw new IOException("no VmRSS in " + STATUS);
    }
}
