package io.sealane.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealane.conformance.TestHosts.Host;
import io.sealane.core.event.Event;
import io.sealane.testkit.ProbeClient;
import io.sealane.testkit.TlsChoice;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Hosts beyond the transcript of HOST: what they have to do with the name in the TLS handshake,
/// and whom, what and where each of them serves.
final class VirtualHostTest {
    private static final Host ACME = Host.named("ftp.acme.example").realm("acme");
    private static final TestServer.Options OPTIONS =
            TestServer.Options.DEFAULTS.with(TestHosts.NONE.and(ACME));

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "PLAIN")
    void a_host_is_the_one_that_the_handshake_named(Security security) throws IOException {
        try (TestServer server = TestServer.start(security.options().with(TestHosts.LIKE_MAIN));
                ProbeClient client = named(server, security, "FTP.example.com")) {
            client.send("HOST 127.0.0.1").expect(220);
            client.startTls();
            client.send("HOST 127.0.0.1").expect(504, "Not the host that the TLS...");
            client.send("HOST other.example.com").expect(504, "Not the host that the TLS...");
            client.send("HOST ftp.example.com").expect(220);
            client.login(TestServer.USER, TestServer.PASSWORD);
        }
    }

    @Test
    void without_hosts_it_is_not_served_and_clients_go_on() throws IOException {
        try (TestServer server = TestServer.start();
                ProbeClient client = server.greeted(Door.PLAIN)) {
            assertThat(client.features()).doesNotContain("HOST");
            client.send("HOST ftp.example.com").expect(502);
            client.login(TestServer.USER, TestServer.PASSWORD);
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "PLAIN")
    void the_name_in_the_handshake_chooses_whose_accounts_and_files(Security security)
            throws IOException {
        try (TestServer server =
                        TestServer.start(security.options().with(TestHosts.NONE.and(ACME)));
                ProbeClient client = named(server, security, "ftp.acme.example");
                ProbeClient elsewhere = named(server, security, "ftp.example.com")) {
            server.files(TestServer.REALM_USER).put("/of-acme", TestFiles.text("acme"));
            client.startTls().login(TestServer.USER, TestServer.PASSWORD).protect();
            assertThat(client.download("NLST").expect(150, 226).lines()).contains("of-acme");
            elsewhere.startTls().login(TestServer.USER, TestServer.PASSWORD).protect();
            assertThat(elsewhere.download("NLST").expect(150, 226).lines())
                    .doesNotContain("of-acme");
            assertThat(server.events().all(Event.LoginAccepted.class))
                    .extracting(Event.LoginAccepted::user)
                    .containsExactly(TestServer.REALM_USER, TestServer.USER);
        }
    }

    @Test
    void a_realms_accounts_are_nobody_at_other_hosts_and_theirs_nobody_there() throws IOException {
        try (TestServer server = TestServer.start(OPTIONS);
                ProbeClient client = server.greeted(Door.PLAIN)) {
            String right = "PASS " + TestServer.PASSWORD;
            client.send("USER " + TestServer.REALM_USER).expect(331).send(right).expect(530);
            client.send("HOST ftp.acme.example").expect(220);
            client.send("USER " + TestServer.OTHER_USER).expect(331).send(right).expect(530);
            client.send("HOST a..b").expect(501).send("HOST").expect(501);
            client.send("USER " + TestServer.REALM_USER).expect(331).send(right).expect(230);
            assertThat(client.ask("REIN").code()).isEqualTo(220);
            client.login(TestServer.OTHER_USER, TestServer.PASSWORD);
        }
    }

    @Test
    void a_host_demands_more_than_its_listener() throws IOException {
        Host strict = ACME.demands("control=required data=required");
        try (TestServer server =
                        TestServer.start(
                                TestServer.Options.DEFAULTS.with(TestHosts.NONE.and(strict)));
                ProbeClient clear = server.greeted(Door.EXPLICIT_OPTIONAL);
                ProbeClient secured = server.greeted(Door.EXPLICIT_OPTIONAL)) {
            clear.send("HOST ftp.acme.example").expect(220).send("USER demo").expect(530);
            clear.send("HOST other.acme.example").expect(504).send("USER demo").expect(331);
            secured.startTls().send("HOST ftp.acme.example").expect(220);
            secured.login(TestServer.USER, TestServer.PASSWORD).send("PASV").expect(227);
            secured.send("NLST").expect(521);
            secured.protect();
            assertThat(secured.download("NLST").expect(150, 226).lines()).contains("hello.txt");
        }
    }

    @Test
    void nobody_logs_in_at_a_closed_host_however_it_was_named() throws IOException {
        try (TestServer server =
                        TestServer.start(
                                TestServer.Options.DEFAULTS.with(
                                        TestHosts.NONE.and(ACME.closed())));
                ProbeClient client = named(server, Security.JSSE_1_3, "ftp.acme.example")) {
            client.send("HOST ftp.acme.example").expect(434).startTls();
            client.send("HOST ftp.acme.example").expect(434);
            client.send("USER demo").expect(434).send("PASS secret").expect(503);
            assertThat(server.events().await(Event.LoginRefused.class).reason())
                    .isEqualTo("host-disabled");
            for (int again = 2; again < 5; again++) {
                client.send("USER demo").expect(434);
            }
            client.send("USER demo").expect(421, "Too many failed logins...").awaitEnd();
        }
    }

    @Test
    void an_account_finds_other_files_at_a_host_with_its_own() throws IOException {
        TestFiles own = TestFiles.fresh(() -> TestServer.NOW).put("/own", TestFiles.text("own"));
        Host host = Host.named("files.example.com").storage(account -> own.storage());
        try (TestServer server =
                        TestServer.start(
                                TestServer.Options.DEFAULTS.with(TestHosts.NONE.and(host)));
                ProbeClient client = server.greeted(Door.PLAIN)) {
            client.login(TestServer.USER, TestServer.PASSWORD).send("SIZE own").expect(550);
            client.send("REIN").expect(220).send("HOST files.example.com").expect(220);
            client.login(TestServer.USER, TestServer.PASSWORD).send("TYPE I").expect(200);
            client.send("SIZE own").expect(213, "3");
        }
    }

    /// Greeted, in the clear; will name `host` in its handshakes.
    private static ProbeClient named(TestServer server, Security security, String host)
            throws IOException {
        TlsChoice choice = security.choice().serverName(host);
        return server.greeted(
                Door.EXPLICIT, Family.IPV4, ProbeClient.Settings.DEFAULTS.tls(choice));
    }
}
