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
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.lang.foreign.ValueLayout;
import java.lang.ref.Cleaner;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.Test;

/// That sessions and engines leave nothing behind in native memory.
final class BoringSslMemoryTest {
    /// Place of the bytes in mapped blocks, in what `mallinfo2` fills in.
    private static final int MAPPED = 4;

    /// Place of the bytes in use elsewhere.
    private static final int IN_USE = 7;

    private static final MemoryLayout MALLOC_INFO =
            MemoryLayout.structLayout(
                    MemoryLayout.sequenceLayout(10, ValueLayout.JAVA_LONG).withName("fields"));

    private static final Cleaner CLEANER = Cleaner.create();

    /// Sessions made and closed; one in ten with handshakes, which take a hundred times as long.
    private static final int SESSIONS = 10_000;

    /// After which the JVM needs little more for itself.
    private static final int WARM_UP_SESSIONS = 3_000;

    /// A leaked context alone would be 100 MiB, an engine 170. The JVM has come to 19 by itself.
    private static final long GROWTH_BYTES_MAX = 64 << 20;

    /// The JVM's compiler allocates tens of MiB for a moment.
    private static final int READINGS = 10;

    private final BoringSslProvider provider = BoringSslProvider.load().orElseThrow();
    private final ByteBuffer toServer = ByteBuffer.allocateDirect(64 * 1024);
    private final ByteBuffer toClient = ByteBuffer.allocateDirect(64 * 1024);
    private final ByteBuffer scratch = ByteBuffer.allocateDirect(64 * 1024);

    @Test
    void ten_thousand_sessions_leave_nothing_behind() throws IOException, InterruptedException {
        makeSessions(WARM_UP_SESSIONS);
        long before = allocatedBytes();
        makeSessions(SESSIONS);
        assertThat(allocatedBytes() - before).isLessThan(GROWTH_BYTES_MAX);
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

    /// What `malloc` has given out and not got back: the least of some readings. The process's
    /// resident size would have Java's heap in it too, which grows when the collector likes.
    private static long allocatedBytes() throws InterruptedException {
        long least = Long.MAX_VALUE;
        for (int reading = 0; reading < READINGS; reading++) {
            collectGarbage();
            least = Math.min(least, readMallocInfo());
        }
        return least;
    }

    /// Comes back when what was garbage has been cleaned up after.
    private static void collectGarbage() throws InterruptedException {
        CountDownLatch cleaned = new CountDownLatch(1);
        CLEANER.register(new Object(), cleaned::countDown);
        System.gc();
        assertThat(cleaned.await(10, TimeUnit.SECONDS)).isTrue();
    }

    @SuppressWarnings("restricted")
    private static long readMallocInfo() {
        Linker linker = Linker.nativeLinker();
        Optional<MemorySegment> mallinfo2 = linker.defaultLookup().find("mallinfo2");
        assumeTrue(mallinfo2.isPresent(), "this C library has no mallinfo2");
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment info =
                    (MemorySegment)
                            linker.downcallHandle(
                                            mallinfo2.orElseThrow(),
                                            FunctionDescriptor.of(MALLOC_INFO))
                                    .invokeExact((SegmentAllocator) arena);
            return info.getAtIndex(ValueLayout.JAVA_LONG, MAPPED)
                    + info.getAtIndex(ValueLayout.JAVA_LONG, IN_USE);
        } catch (Throwable e) {
            throw new AssertionError("mallinfo2", e);
        }
    }
}
