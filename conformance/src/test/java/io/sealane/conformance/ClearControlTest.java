package io.sealane.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealane.core.event.Event;
import io.sealane.core.tls.SessionBinding;
import io.sealane.testkit.DataProtection;
import io.sealane.testkit.Ending;
import io.sealane.testkit.PeerEnd;
import io.sealane.testkit.ProbeClient;
import io.sealane.testkit.ProbeData;
import io.sealane.testkit.ProbeTls;
import io.sealane.testkit.Resumption;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// CCC where it is allowed (RFC 4217 section 5): the control connection leaves TLS, data
/// connections stay as protected, and as bound to it, as they were.
final class ClearControlTest {
    private static final byte[] CONTENT = TestFiles.text("content");

    /// The probe's TLS 1.3 uses each ticket once, and no more come behind CCC; real clients that
    /// use one again do the same in their own tests.
    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "PLAIN")
    void transfers_behind_it_resume_the_session_that_was(Security security) throws IOException {
        try (TestServer server =
                        TestServer.start(security.options().with(SessionBinding.SAME_SESSION));
                ProbeClient client = member(server, security)) {
            client.upload("STOR a", CONTENT).expect(150, 226);
            client.send("CCC").expect(200).clear();
            for (int i = 0; i < 10; i++) {
                client.upload("STOR a", CONTENT).expect(150, 226).expectTls(Resumption.RESUMED);
                assertThat(client.download("RETR a").expect(150, 226).content()).isEqualTo(CONTENT);
            }
            assertThat(server.files().content("/a")).contains(CONTENT);
            assertThat(server.events().all(Event.ControlCleared.class)).hasSize(1);
            client.send("QUIT").expect(221).expectEnd(PeerEnd.FIN);
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "PLAIN")
    void they_can_too_where_the_account_alone_demands_it(Security security) throws IOException {
        TestServer.Policies demanding =
                TestServer.Policies.NONE.account(TestServer.USER, "session-binding=same-session");
        try (TestServer server = TestServer.start(security.options().with(demanding));
                ProbeClient client = member(server, security)) {
            client.send("CCC").expect(200).clear();
            for (int i = 0; i < 3; i++) {
                client.upload("STOR a", CONTENT).expect(150, 226).expectTls(Resumption.RESUMED);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "PLAIN")
    void what_a_stranger_got_behind_it_is_no_proof(Security security) throws IOException {
        try (TestServer server =
                        TestServer.start(security.options().with(SessionBinding.SAME_SESSION));
                ProbeClient client = member(server, security)) {
            client.send("CCC").expect(200).clear();
            client.data(
                    client.plan().protection(new DataProtection.FreshSession(security.choice())));
            assertThat(client.upload("STOR a", CONTENT).completion().code()).isEqualTo(522);
            client.data(client.plan().protection(DataProtection.SAME_SESSION));
            client.upload("STOR a", CONTENT).expect(150, 226).expectTls(Resumption.RESUMED);
        }
    }

    /// Interop: curl does so in its passive mode.
    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "PLAIN")
    void a_client_may_leave_its_close_notify_out(Security security) throws IOException {
        try (TestServer server = TestServer.start(security.options());
                ProbeClient client = member(server, security)) {
            client.send("CCC").expect(200);
            client.clearInSilence().send("PWD").expect(257).send("NOOP").expect(200);
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "PLAIN")
    void a_client_that_goes_on_under_tls_is_not_answered(Security security) throws IOException {
        try (TestServer server = TestServer.start(security.options());
                ProbeClient client = member(server, security)) {
            client.send("CCC").expect(200);
            client.send("PWD");
            assertThat(((ProbeTls) client.stream()).readToEnd(TestServer.LIMITS.idle())).isEmpty();
            server.awaitNoSessions();
            assertThat(server.events().all(Event.CommandServed.class))
                    .noneMatch(served -> served.command().startsWith("PWD"));
        }
    }

    @Test
    void what_came_with_it_under_tls_keeps_tls_on() throws IOException {
        try (TestServer server = TestServer.start();
                ProbeClient client = server.securedMember(Door.EXPLICIT_LOOSE)) {
            client.sendRaw("CCC\r\nNOOP\r\n".getBytes(StandardCharsets.US_ASCII));
            client.expect(503, "Nothing may follow CCC...").expect(200);
            client.send("CCC").expect(200).clear().send("NOOP").expect(200);
        }
    }

    @Test
    void during_a_transfer_it_is_refused() throws IOException {
        try (TestServer server = TestServer.start();
                ProbeClient client = server.securedMember(Door.EXPLICIT_LOOSE)) {
            try (ProbeData data = client.openData()) {
                client.send("STOR a").expect(150);
                client.send("CCC");
                data.write(CONTENT).finish(Ending.ORDERLY);
                client.expect(226).expect(503, "CCC came while something ran...");
            }
            client.send("PWD").expect(257);
        }
    }

    private static ProbeClient member(TestServer server, Security security) throws IOException {
        return server.securedMember(
                Door.EXPLICIT_LOOSE,
                Family.IPV4,
                ProbeClient.Settings.DEFAULTS.tls(security.choice()));
    }
}
