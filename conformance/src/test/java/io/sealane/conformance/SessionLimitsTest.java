package io.sealane.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealane.core.event.Event;
import io.sealane.testkit.Ending;
import io.sealane.testkit.PeerEnd;
import io.sealane.testkit.ProbeClient;
import io.sealane.testkit.ProbeData;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Limits of sessions: each is told by a reply and ends in order.
final class SessionLimitsTest {
    private static final Duration SHORT = Duration.ofMillis(300);

    @ParameterizedTest
    @EnumSource(names = {"PLAIN", "BORINGSSL_1_3"})
    void an_idle_member_is_told_and_the_connection_ends_in_order(Security security)
            throws IOException {
        TestServer.Options options =
                security.options()
                        .with(
                                TestServer.silence(
                                        TestServer.LIMITS, SHORT, TestServer.LIMITS.login()));
        try (TestServer server = TestServer.start(options);
                ProbeClient client = security.member(server)) {
            client.expect(421, "Nothing heard for...")
                    .expectEnd(security.tls() ? PeerEnd.CLOSE_NOTIFY : PeerEnd.FIN);
            assertThat(server.events().await(Event.SessionClosed.class).reason())
                    .isEqualTo("idle-timeout");
        }
    }

    /// NAT devices send them to keep a connection that its client has forgotten.
    @Test
    void empty_lines_are_silence() throws IOException {
        Duration idle = Duration.ofSeconds(2);
        TestServer.Options options =
                TestServer.limited(
                        limits -> TestServer.silence(limits, idle, TestServer.LIMITS.login()));
        try (TestServer server = TestServer.start(options)) {
            try (ProbeClient client = server.plainMember(Door.PLAIN)) {
                for (int quarter = 1; quarter < 4; quarter++) {
                    client.expectSilence(idle.dividedBy(4)).send("");
                }
                client.expect(421, "Nothing heard for...").expectEnd(PeerEnd.FIN);
            }
            assertThat(server.events().await(Event.SessionClosed.class).lasted())
                    .isLessThan(idle.plus(idle.dividedBy(4).multipliedBy(3)));
        }
    }

    @Test
    void a_transfer_is_no_silence() throws IOException {
        TestServer.Options options =
                TestServer.limited(
                        limits -> TestServer.silence(limits, SHORT, TestServer.LIMITS.login()));
        try (TestServer server = TestServer.start(options);
                ProbeClient client = server.plainMember(Door.PLAIN);
                ProbeData data = client.openData()) {
            client.send("STOR a").expect(150).expectSilence(SHORT.multipliedBy(3));
            data.finish(Ending.ORDERLY);
            client.expect(226).send("NOOP").expect(200);
        }
    }

    @Test
    void a_login_that_takes_too_long_is_ended_whatever_is_said_meanwhile() throws IOException {
        TestServer.Options options =
                TestServer.limited(
                        limits -> TestServer.silence(limits, TestServer.LIMITS.idle(), SHORT));
        try (TestServer server = TestServer.start(options);
                ProbeClient client = server.greeted(Door.EXPLICIT)) {
            client.send("NOOP").expect(200);
            client.expect(421, "Not logged in within...").expectEnd(PeerEnd.FIN);
        }
    }

    @Test
    void one_session_too_many_of_an_address_is_told() throws IOException {
        TestServer.Options options =
                TestServer.limited(limits -> TestServer.sessions(limits, 10, 10, 2));
        try (TestServer server = TestServer.start(options)) {
            try (ProbeClient one = server.greeted(Door.PLAIN);
                    ProbeClient two = server.greeted(Door.EXPLICIT);
                    ProbeClient three = ProbeClient.connect(server.address(Door.PLAIN))) {
                three.expect(421, "Too many sessions from your address...");
                three.expectEnd(PeerEnd.FIN);
                one.send("QUIT").expect(221).expectEnd(PeerEnd.FIN);
                two.send("NOOP").expect(200);
                server.greeted(Door.PLAIN).close();
            }
            server.awaitNoSessions();
        }
    }

    @Test
    void one_session_too_many_of_all_is_told() throws IOException {
        TestServer.Options options =
                TestServer.limited(limits -> TestServer.sessions(limits, 1, 10, 10));
        try (TestServer server = TestServer.start(options);
                ProbeClient one = server.greeted(Door.PLAIN);
                ProbeClient two = ProbeClient.connect(server.address(Door.PLAIN))) {
            two.expect(421, "Too many sessions in all (limit 1)...").expectEnd(PeerEnd.FIN);
            one.send("NOOP").expect(200);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"IMPLICIT", "AUTO"})
    void who_comes_by_tls_is_told_by_tls(Door door) throws IOException {
        TestServer.Options options =
                TestServer.limited(limits -> TestServer.sessions(limits, 1, 10, 10));
        try (TestServer server = TestServer.start(options);
                ProbeClient one = server.greeted(Door.PLAIN);
                ProbeClient two = ProbeClient.implicit(server.address(door))) {
            two.expect(421, "Too many sessions in all (limit 1)...")
                    .expectEnd(PeerEnd.CLOSE_NOTIFY);
            one.send("NOOP").expect(200);
            assertThat(server.events().await(Event.SessionRefused.class).reason())
                    .isEqualTo("server-full");
        }
    }

    @Test
    void many_who_say_nothing_keep_nobody_from_a_session() throws IOException {
        TestServer.Options options =
                TestServer.limited(limits -> TestServer.sessions(limits, 1, 10, 10));
        try (TestServer server = TestServer.start(options)) {
            List<Socket> silent = new ArrayList<>();
            try (ProbeClient one = server.greeted(Door.PLAIN)) {
                InetSocketAddress address = server.address(Door.IMPLICIT);
                for (int client = 0; client < 40; client++) {
                    silent.add(new Socket(address.getAddress(), address.getPort()));
                }
                assertThat(silent.getLast().getInputStream().read()).isEqualTo(-1);
                // Or one that is looked at late would find the place free, and take it.
                server.events()
                        .await(
                                Event.SessionRefused.class,
                                refused ->
                                        server.events().all(Event.SessionRefused.class).size()
                                                == silent.size());
                one.send("QUIT").expect(221).expectEnd(PeerEnd.FIN);
                server.awaitNoSessions();
                ProbeClient.implicit(address).expect(220).close();
            } finally {
                for (Socket socket : silent) {
                    socket.close();
                }
            }
        }
    }

    @Test
    void a_user_who_reinitializes_the_session_is_counted_no_longer() throws IOException {
        TestServer.Options options =
                TestServer.limited(limits -> TestServer.sessions(limits, 10, 1, 10));
        try (TestServer server = TestServer.start(options);
                ProbeClient one = server.plainMember(Door.PLAIN);
                ProbeClient two = server.greeted(Door.PLAIN)) {
            for (int round = 0; round < 100; round++) {
                one.send("REIN").expect(220);
                one.login(TestServer.USER, TestServer.PASSWORD);
            }
            one.send("REIN").expect(220);
            two.login(TestServer.USER, TestServer.PASSWORD);
        }
    }

    @Test
    void a_login_after_reinitializing_has_as_long_as_the_first() throws IOException {
        TestServer.Options options =
                TestServer.limited(
                        limits -> TestServer.silence(limits, TestServer.LIMITS.idle(), SHORT));
        try (TestServer server = TestServer.start(options);
                ProbeClient client = server.plainMember(Door.PLAIN)) {
            client.expectSilence(SHORT).send("REIN").expect(220);
            client.login(TestServer.USER, TestServer.PASSWORD).send("NOOP").expect(200);
            client.send("REIN").expect(220).expect(421, "Not logged in within...");
        }
    }

    @Test
    void a_member_may_shorten_the_silence_that_ends_the_session() throws IOException {
        try (TestServer server = TestServer.start(TestServer.Options.DEFAULTS);
                ProbeClient client = server.plainMember(Door.PLAIN)) {
            client.send("SITE IDLE 1").expect(200);
            client.expect(421, "Nothing heard for 1 seconds...").expectEnd(PeerEnd.FIN);
        }
    }

    @Test
    void who_shows_the_sessions_of_the_same_user_alone() throws IOException {
        try (TestServer server = TestServer.start(TestServer.Options.DEFAULTS);
                ProbeClient one = server.plainMember(Door.PLAIN);
                ProbeClient two = server.plainMember(Door.PLAIN);
                ProbeClient other = server.greeted(Door.PLAIN);
                ProbeData data = two.openData()) {
            two.send("STOR a").expect(150);
            other.login(TestServer.OTHER_USER, TestServer.PASSWORD);
            assertThat(one.ask("SITE WHO").lines())
                    .hasSize(4)
                    .anyMatch(line -> line.endsWith("from 127.0.0.1: STOR /a"))
                    .anyMatch(line -> line.endsWith("from 127.0.0.1"));
            assertThat(other.ask("SITE WHO").lines()).hasSize(3);
            data.finish(Ending.ORDERLY);
            two.expect(226);
        }
    }

    @Test
    void one_session_too_many_of_a_user_is_told_after_the_password() throws IOException {
        TestServer.Options options =
                TestServer.limited(limits -> TestServer.sessions(limits, 10, 1, 10));
        try (TestServer server = TestServer.start(options);
                ProbeClient one = server.plainMember(Door.PLAIN);
                ProbeClient two = server.greeted(Door.PLAIN);
                ProbeClient other = server.greeted(Door.PLAIN)) {
            two.send("USER demo").expect(331).send("PASS secret");
            two.expect(421, "Too many sessions of this user...").expectEnd(PeerEnd.FIN);
            other.login(TestServer.OTHER_USER, TestServer.PASSWORD);
            one.send("NOOP").expect(200);
        }
    }

    @Test
    void auth_that_is_refused_leaves_the_user_counted() throws IOException {
        TestServer.Options options =
                TestServer.limited(limits -> TestServer.sessions(limits, 10, 1, 10));
        try (TestServer server = TestServer.start(options);
                ProbeClient one = server.plainMember(Door.OPTIONAL_LOOSE);
                ProbeClient two = server.greeted(Door.PLAIN)) {
            try (ProbeData data = one.openData()) {
                one.send("STOR a").expect(150).send("AUTH TLS");
                data.finish(Ending.ORDERLY);
                one.expect(226).expect(503);
            }
            two.send("USER demo").expect(331).send("PASS secret");
            two.expect(421, "Too many sessions of this user...").awaitEnd();
        }
    }

    /// Security: or who has an account could guess the passwords of all others.
    @Test
    void refused_logins_stay_counted_behind_one_that_was_not() throws IOException {
        try (TestServer server = TestServer.start();
                ProbeClient client = server.greeted(Door.PLAIN)) {
            for (int i = 0; i < 4; i++) {
                client.send("USER " + TestServer.OTHER_USER).expect(331);
                client.send("PASS guess" + i).expect(530);
            }
            client.login(TestServer.USER, TestServer.PASSWORD).send("REIN").expect(220);
            client.send("USER " + TestServer.OTHER_USER).expect(331).send("PASS guess");
            client.expect(421, "Too many failed logins...").awaitEnd();
        }
    }

    @Test
    void users_see_their_own_files() throws IOException {
        try (TestServer server = TestServer.start();
                ProbeClient one = server.plainMember(Door.PLAIN);
                ProbeClient other = server.greeted(Door.PLAIN)) {
            other.login(TestServer.OTHER_USER, TestServer.PASSWORD);
            one.upload("STOR mine", TestFiles.text("mine")).expect(150, 226);
            other.send("SIZE mine").expect(550);
        }
    }
}
