package io.sealane.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.sealane.core.event.Event;
import io.sealane.core.tls.SessionBinding;
import io.sealane.testkit.DataProtection;
import io.sealane.testkit.Download;
import io.sealane.testkit.Ending;
import io.sealane.testkit.PeerEnd;
import io.sealane.testkit.ProbeClient;
import io.sealane.testkit.ProbeData;
import io.sealane.testkit.Resumption;
import io.sealane.testkit.Transfer;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What a data connection has to prove, and that resuming proves it.
final class SessionBindingTest {
    private static final byte[] CONTENT = TestFiles.text("stolen");
    private static final byte[] OLD = TestFiles.text("hello\nworld\n");
    private static final byte[] MORE_THAN_SOCKETS_HOLD = new byte[16 << 20];

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "PLAIN")
    void same_session_refuses_a_data_connection_that_did_not_resume(Security security)
            throws IOException {
        try (TestServer server = bound(security);
                ProbeClient client = security.member(server)) {
            resumeNothing(client, security);
            assertRefused(server, client);
            client.data(client.plan().protection(DataProtection.SAME_SESSION));
            assertServed(server, client);
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "PLAIN")
    void same_session_refuses_the_session_of_another_control_connection(Security security)
            throws IOException {
        try (TestServer server = bound(security);
                ProbeClient other = security.member(server);
                ProbeClient client = security.member(server)) {
            client.data(client.plan().protection(new DataProtection.SessionOf(other)));
            assertRefused(server, client, tellsSiblings(security) ? 425 : 522, "");
            client.data(client.plan().protection(DataProtection.SAME_SESSION));
            assertServed(server, client);
        }
    }

    /// JSSE cannot tell whose session it is that a client offers.
    private static boolean tellsSiblings(Security security) {
        return switch (security) {
            case BORINGSSL_1_2, BORINGSSL_1_3 -> true;
            case PLAIN, JSSE_1_2, JSSE_1_3 -> false;
        };
    }

    @ParameterizedTest
    @EnumSource(names = {"BORINGSSL_1_2", "BORINGSSL_1_3"})
    void same_user_takes_the_session_of_a_sibling_and_says_so(Security security)
            throws IOException {
        try (TestServer server =
                        TestServer.start(security.options().with(SessionBinding.SAME_USER));
                ProbeClient sibling = security.member(server);
                ProbeClient client = security.member(server)) {
            resumeNothing(client, security);
            assertRefused(server, client, " not resumed: session-binding same-user requires it.");
            client.data(client.plan().protection(new DataProtection.SessionOf(sibling)));
            client.upload("STOR a", CONTENT).expect(150, 226).expectTls(Resumption.RESUMED);
            sibling.upload("STOR b", CONTENT).expect(150, 226).expectTls(Resumption.RESUMED);
            assertThat(server.events().all(Event.Transfer.class))
                    .extracting(moved -> moved.data().resumed().orElseThrow())
                    .containsSubsequence(
                            Event.Resumption.FALSE,
                            Event.Resumption.SAME_USER,
                            Event.Resumption.TRUE)
                    .endsWith(Event.Resumption.TRUE);
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "PLAIN")
    void same_user_refuses_sessions_of_other_users_and_other_addresses(Security security)
            throws IOException {
        InetAddress elsewhere = InetAddress.ofLiteral("127.0.0.2");
        try (TestServer server =
                        TestServer.start(security.options().with(SessionBinding.SAME_USER));
                ProbeClient other = security.secured(server);
                ProbeClient distant = security.member(server, elsewhere);
                ProbeClient client = security.member(server)) {
            other.login(TestServer.OTHER_USER, TestServer.PASSWORD).protect();
            for (ProbeClient foreign : List.of(other, distant)) {
                client.data(client.plan().protection(new DataProtection.SessionOf(foreign)));
                assertRefused(server, client, "session-binding same-user requires one.");
            }
            client.data(client.plan().protection(DataProtection.SAME_SESSION));
            assertServed(server, client);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"BORINGSSL_1_2", "BORINGSSL_1_3"})
    void same_session_tells_a_siblings_session_from_a_foreign_one(Security security)
            throws IOException {
        try (TestServer server = bound(security);
                ProbeClient sibling = security.member(server);
                ProbeClient other = security.secured(server);
                ProbeClient client = security.member(server)) {
            client.data(client.plan().protection(new DataProtection.SessionOf(sibling)));
            assertRefused(server, client, 425, "was resumed from another session of this user");
            other.ask("NOOP"); // Its ticket comes with a reply.
            client.data(client.plan().protection(new DataProtection.SessionOf(other)));
            assertRefused(server, client, "not resumed: the one that was offered is unknown");
            assertThat(server.events().all(Event.Transfer.class))
                    .extracting(Event.Transfer::result)
                    .startsWith("not-resumed/other-session-of-user")
                    .contains("not-resumed/other-session");
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "PLAIN")
    void a_sibling_that_has_left_is_nobodys(Security security) throws IOException {
        try (TestServer server =
                        TestServer.start(security.options().with(SessionBinding.SAME_USER));
                ProbeClient sibling = security.member(server);
                ProbeClient client = security.member(server)) {
            client.data(client.plan().protection(new DataProtection.SessionOf(sibling)));
            sibling.send("QUIT").expect(221).close();
            server.events().await(Event.SessionClosed.class, closed -> true);
            assertRefused(server, client, "session-binding same-user requires one.");
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "PLAIN")
    void prefer_takes_both(Security security) throws IOException {
        try (TestServer server = TestServer.start(security.options());
                ProbeClient client = security.member(server)) {
            client.upload("STOR a", CONTENT).expect(150, 226).expectTls(Resumption.RESUMED);
            resumeNothing(client, security);
            client.upload("STOR b", CONTENT).expect(150, 226).expectTls(Resumption.FULL_HANDSHAKE);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"JSSE_1_2", "BORINGSSL_1_2"})
    void a_session_of_tls_1_2_resumes_as_often_as_it_is_asked_to(Security security)
            throws IOException {
        try (TestServer server = bound(security);
                ProbeClient client = security.member(server)) {
            for (int i = 0; i < 25; i++) {
                client.upload("STOR a", CONTENT).expect(150, 226).expectTls(Resumption.RESUMED);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "PLAIN")
    void a_refused_upload_is_answered_at_once_and_its_sender_heard_out(Security security)
            throws IOException {
        TestServer.Options patient =
                sameSession(security)
                        .with(TestServer.linger(TestServer.LIMITS, Duration.ofSeconds(30)));
        try (TestServer server = TestServer.start(patient);
                ProbeClient client = security.member(server)) {
            try (ProbeData data = refused(client, security)) {
                data.write(MORE_THAN_SOCKETS_HOLD).finish(Ending.ORDERLY);
                assertThat(data.awaitEnd()).isEqualTo(PeerEnd.CLOSE_NOTIFY);
            }
            client.send("NOOP").expect(200);
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "PLAIN")
    void a_sender_that_goes_on_for_longer_than_the_linger_limit_is_cut_off(Security security)
            throws IOException {
        Duration soon = TestServer.LIMITS.linger().plusSeconds(6);
        try (TestServer server = bound(security);
                ProbeClient client = security.member(server)) {
            try (ProbeData data = refused(client, security)) {
                assertThatIOException().isThrownBy(() -> writeWithoutEnd(data, soon));
            }
            client.send("NOOP").expect(200);
        }
    }

    private static void writeWithoutEnd(ProbeData data, Duration limit) throws IOException {
        long start = System.nanoTime();
        while (System.nanoTime() - start < limit.toNanos()) {
            data.write(CONTENT);
            LockSupport.parkNanos(1_000_000);
        }
    }

    /// An upload that is refused, and whose data connection is open yet.
    private static ProbeData refused(ProbeClient client, Security security) throws IOException {
        resumeNothing(client, security);
        ProbeData data = client.openData();
        client.send("STOR new.txt").expect(150);
        data.establish();
        client.expect(522);
        return data;
    }

    /// From now on each data connection makes a session of its own.
    private static void resumeNothing(ProbeClient client, Security security) {
        client.data(client.plan().protection(new DataProtection.FreshSession(security.choice())));
    }

    private static TestServer bound(Security security) throws IOException {
        return TestServer.start(sameSession(security));
    }

    private static TestServer.Options sameSession(Security security) {
        return security.options().with(SessionBinding.SAME_SESSION);
    }

    private static void assertRefused(TestServer server, ProbeClient client) throws IOException {
        assertRefused(server, client, 522, "");
    }

    private static void assertRefused(TestServer server, ProbeClient client, String why)
            throws IOException {
        assertRefused(server, client, 522, why);
    }

    /// @param code for the first data connection; others may have no session left to offer, which
    ///   is 522
    private static void assertRefused(TestServer server, ProbeClient client, int code, String why)
            throws IOException {
        Transfer upload = client.upload("STOR hello.txt", CONTENT);
        assertThat(upload.completion().code()).as(client.conversation()).isEqualTo(code);
        assertThat(upload.completion().text()).contains(why);
        assertThat(server.files().content("/hello.txt")).contains(OLD);
        Transfer created = client.upload("STOR new.txt", CONTENT);
        assertThat(created.completion().code()).isIn(code, 522);
        assertThat(server.files().exists("/new.txt")).isFalse();
        client.send("SIZE new.txt").expect(550);
        Download download = client.download("RETR hello.txt");
        assertThat(download.transfer().completion().code()).isIn(code, 522);
        assertThat(download.content()).isEmpty();
        client.send("PWD").expect(257);
    }

    private static void assertServed(TestServer server, ProbeClient client) throws IOException {
        client.upload("STOR new.txt", CONTENT)
                .expect(150, 226)
                .expectTls(Resumption.RESUMED)
                .expectEnd(PeerEnd.CLOSE_NOTIFY);
        assertThat(server.files().content("/new.txt")).contains(CONTENT);
        assertThat(client.download("RETR hello.txt").expect(150, 226).content()).isEqualTo(OLD);
    }
}
