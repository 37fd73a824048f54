package io.sealane.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealane.core.event.Event;
import io.sealane.testkit.Ending;
import io.sealane.testkit.PeerEnd;
import io.sealane.testkit.ProbeClient;
import io.sealane.testkit.ProbeData;
import io.sealane.testkit.ProbeStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.InstantSource;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Files that go over more octets of one TLS connection than keys of it are usually used for: JSSE
/// wants new ones after 2^37, which is what nights are for.
///
/// `-Dsealane.huge.gib=200` makes each of that many GiB.
final class HugeTransferTest {
    private static final long OCTETS = Integer.getInteger("sealane.huge.gib", 1) * (1L << 30);
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final byte[] PIECE = new byte[1 << 20];

    /// Sealane switches them off for the whole process where it uses JSSE, and is too late then.
    @BeforeAll
    static void clients_keep_their_limits() throws GeneralSecurityException {
        assertThat(SSLContext.getDefault().createSSLEngine().getEnabledCipherSuites()).isNotEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void the_client_sends_and_never_reads(Library library) throws IOException {
        WatchedStorage storage =
                new WatchedStorage(TestFiles.fresh(InstantSource.fixed(TestServer.NOW)).storage());
        try (TestServer server =
                        TestServer.start(TestServer.Options.DEFAULTS.with(library), storage);
                ProbeClient client = server.securedMember(Door.EXPLICIT);
                ProbeData data = client.openData()) {
            client.send("STOR sink").expect(150);
            ProbeStream stream = data.establish();
            for (long sent = 0; sent < OCTETS; sent += PIECE.length) {
                stream.write(PIECE);
            }
            data.finish(Ending.ORDERLY);
            client.expect(226);
            assertThat(storage.swallowed()).isEqualTo(OCTETS);
            assertThat(server.events().await(Event.Transfer.class).bytes()).isEqualTo(OCTETS);
        }
    }

    @ParameterizedTest
    @EnumSource
    void the_client_takes_and_never_writes(Library library) throws IOException {
        WatchedStorage storage =
                new WatchedStorage(TestFiles.fresh(InstantSource.fixed(TestServer.NOW)).storage());
        try (TestServer server =
                        TestServer.start(TestServer.Options.DEFAULTS.with(library), storage);
                ProbeClient client = server.securedMember(Door.EXPLICIT);
                ProbeData data = client.openData()) {
            client.send("REST " + (WatchedStorage.ENDLESS_BYTES - OCTETS)).expect(350);
            client.send("RETR endless").expect(150);
            ProbeStream stream = data.establish();
            byte[] piece = new byte[PIECE.length];
            long came = 0;
            for (int read = 0; read >= 0; read = stream.read(piece, PATIENCE)) {
                came += read;
            }
            assertThat(came).isEqualTo(OCTETS);
            assertThat(stream.peerEnd()).contains(PeerEnd.CLOSE_NOTIFY);
            client.expect(226);
        }
    }
}
