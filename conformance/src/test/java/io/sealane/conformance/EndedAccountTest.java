package io.sealane.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealane.accounts.Account;
import io.sealane.accounts.AccountException;
import io.sealane.accounts.StoredAccount;
import io.sealane.accounts.UserName;
import io.sealane.core.event.Event;
import io.sealane.core.limit.Limits;
import io.sealane.testkit.Ending;
import io.sealane.testkit.ProbeClient;
import io.sealane.testkit.ProbeData;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Sessions whose account is removed or disabled meanwhile.
final class EndedAccountTest {
    private static final UserName USER = new UserName(TestServer.USER);
    private static final Duration SOON = Duration.ofSeconds(6);
    private static final byte[] CONTENT = TestFiles.text("content");

    @Test
    void a_session_of_a_disabled_account_ends_at_its_next_command() throws Exception {
        try (TestServer server = TestServer.start();
                ProbeClient client = member(server)) {
            server.accounts().disable(USER);
            server.advance(SOON);
            client.send("DELE hello.txt")
                    .expect(421, "Your account was removed or disabled, closing.")
                    .awaitEnd();
            assertThat(server.files().content("/hello.txt")).isPresent();
            assertThat(server.events().await(Event.SessionClosed.class).reason())
                    .isEqualTo("account-ended");
        }
    }

    /// Nobody says anything; its place becomes free.
    @Test
    void a_silent_session_of_a_disabled_account_ends_by_itself() throws Exception {
        Limits limits =
                TestServer.silence(
                        TestServer.LIMITS, Duration.ofSeconds(8), TestServer.LIMITS.login());
        try (TestServer server = TestServer.start(TestServer.Options.DEFAULTS.with(limits));
                ProbeClient client = member(server);
                ProbeClient other = server.greeted(Door.PLAIN)) {
            other.login(TestServer.OTHER_USER, TestServer.PASSWORD);
            disableAndAdvance(server);
            client.expect(421, "Your account was removed or disabled, closing.").awaitEnd();
            other.send("NOOP").expect(200);
        }
    }

    @Test
    void a_session_of_a_removed_account_ends_too_and_others_go_on() throws Exception {
        try (TestServer server = TestServer.start();
                ProbeClient client = member(server);
                ProbeClient other = server.greeted(Door.PLAIN)) {
            other.login(TestServer.OTHER_USER, TestServer.PASSWORD);
            server.accounts().remove(USER);
            server.advance(SOON);
            other.send("CWD /").expect(250);
            client.send("CWD /").expect(421).awaitEnd();
        }
    }

    /// Also by what clients say to stay.
    @ParameterizedTest
    @ValueSource(strings = {"NOOP", "PWD", "STAT", "STAT /", "ABOR", "FEAT", "SITE IDLE 60"})
    void no_command_keeps_such_a_session(String command) throws Exception {
        try (TestServer server = TestServer.start();
                ProbeClient client = member(server)) {
            disableAndAdvance(server);
            client.send(command).expect(421).awaitEnd();
        }
    }

    @Test
    void a_new_account_of_the_name_is_another_one() throws Exception {
        try (TestServer server = TestServer.start();
                ProbeClient client = member(server)) {
            server.accounts().remove(USER);
            Account again = new Account(USER, true, Optional.empty(), "", Account.newNumber());
            server.accounts().add(new StoredAccount(again, "$new"));
            server.advance(SOON);
            client.send("NOOP").expect(421).awaitEnd();
        }
    }

    @Test
    void a_transfer_that_runs_is_finished_and_quit_is_answered() throws Exception {
        try (TestServer server = TestServer.start();
                ProbeClient client = member(server);
                ProbeData data = client.openData()) {
            client.send("STOR new").expect(150);
            disableAndAdvance(server);
            client.send("NOOP").expect(200);
            client.send("STAT").expect(211);
            client.send("STAT /").expect(530);
            data.write(CONTENT).finish(Ending.ORDERLY);
            client.expect(226);
            assertThat(server.files().content("/new")).contains(CONTENT);
            client.send("QUIT").expect(221).awaitEnd();
        }
    }

    /// Nor does a look that only an answer came of leave time for another command.
    @Test
    void who_was_seen_to_be_over_during_a_transfer_is_served_nothing_behind_it() throws Exception {
        try (TestServer server = TestServer.start();
                ProbeClient client = member(server)) {
            try (ProbeData data = client.openData()) {
                client.send("STOR new").expect(150);
                disableAndAdvance(server);
                client.send("STAT /").expect(530);
                data.write(CONTENT).finish(Ending.ORDERLY);
                client.expect(226);
            }
            client.send("DELE new").expect(421).awaitEnd();
            assertThat(server.files().content("/new")).contains(CONTENT);
        }
    }

    private static void disableAndAdvance(TestServer server) throws AccountException {
        server.accounts().disable(USER);
        server.advance(SOON);
    }

    private static ProbeClient member(TestServer server) throws IOException {
        ProbeClient client = server.greeted(Door.PLAIN);
        client.login(TestServer.USER, TestServer.PASSWORD);
        return client;
    }
}
