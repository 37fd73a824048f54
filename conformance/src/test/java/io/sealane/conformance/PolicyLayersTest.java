package io.sealane.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealane.conformance.TestServer.Options;
import io.sealane.conformance.TestServer.Policies;
import io.sealane.core.event.Event.CommandRefused;
import io.sealane.core.event.Event.LoginRefused;
import io.sealane.core.event.Event.PolicyWouldRefuse;
import io.sealane.core.tls.PolicyOptions;
import io.sealane.core.tls.PolicyResolution.Overridable;
import io.sealane.core.tls.TlsDemands;
import io.sealane.core.wire.Verb;
import io.sealane.testkit.DataProtection;
import io.sealane.testkit.ProbeClient;
import io.sealane.testkit.TlsChoice;
import io.sealane.testkit.Transfer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Accounts and mounts that demand more of TLS than their listener, and policies that are tried.
final class PolicyLayersTest {
    private static final byte[] CONTENT = TestFiles.text("content");
    private static final Pattern NAMES_A_PATH = Pattern.compile("<(?:path|file|directory)>");

    /// Each touches `/docs`, on the control connection alone.
    private static final List<String> TOUCHING =
            List.of(
                    "CWD docs",
                    "XCWD docs",
                    "STAT docs",
                    "MLST docs",
                    "SIZE docs/guide.txt",
                    "MDTM docs/guide.txt",
                    "MFMT 20200101000000 docs/guide.txt",
                    "MFF Modify=20200101000000; docs/guide.txt",
                    "MKD docs/x",
                    "XMKD docs/x",
                    "RMD docs",
                    "XRMD docs",
                    "RMDA docs",
                    "DELE docs/guide.txt",
                    "RNFR docs/guide.txt",
                    "AVBL docs",
                    "DSIZ docs",
                    "HASH docs/guide.txt",
                    "XCRC docs/guide.txt",
                    "XMD5 docs/guide.txt",
                    "XSHA docs/guide.txt",
                    "XSHA1 docs/guide.txt",
                    "XSHA256 docs/guide.txt",
                    "XSHA512 docs/guide.txt",
                    "MD5 docs/guide.txt",
                    "MMD5 hello.txt, docs/guide.txt",
                    "COMB new docs/guide.txt",
                    "COMB docs/new hello.txt",
                    "SITE COPY docs/guide.txt new",
                    "SITE COPY hello.txt docs/new",
                    "SITE CPFR docs/guide.txt",
                    "SITE SYMLINK docs/guide.txt new",
                    "SITE SYMLINK hello.txt docs/new",
                    "SITE MKDIR docs/x",
                    "SITE RMDIR docs",
                    "SITE CHMOD 600 docs/guide.txt",
                    "SITE UTIME 202001010000 docs/guide.txt");

    /// Each moves something of `/docs`, or into it.
    private static final List<String> MOVING =
            List.of(
                    "RETR docs/guide.txt",
                    "STOR docs/x",
                    "APPE docs/x",
                    "LIST docs",
                    "NLST docs",
                    "MLSD docs");

    /// The names of those who may go on in the clear travel there anyway; nobody else's can be told
    /// from one that is none.
    @Test
    void an_account_that_demands_tls_is_refused_before_its_password_as_nobody_is()
            throws IOException {
        try (TestServer server =
                        started(none -> none.account(TestServer.USER, "control=required"));
                ProbeClient client = server.greeted(Door.EXPLICIT_OPTIONAL)) {
            String refusal = client.send("USER " + TestServer.USER).expect(530).reply().toString();
            assertThat(refusal).contains("AUTH TLS");
            assertThat(client.send("USER nobody").expect(530).reply().toString())
                    .isEqualTo(refusal);
            assertThat(
                            client.send("USER " + TestServer.DISABLED_USER)
                                    .expect(530)
                                    .reply()
                                    .toString())
                    .isEqualTo(refusal);
            client.send("USER " + TestServer.OTHER_USER).expect(331);
            client.send("USER " + TestServer.USER).expect(530);
            client.send("PASS " + TestServer.PASSWORD).expect(530); // It is not the other's.
            client.startTls().login(TestServer.USER, TestServer.PASSWORD);
        }
    }

    /// Whatever else the first of the accounts demands.
    @Test
    void nobodys_name_is_refused_where_any_accounts_is() throws IOException {
        try (TestServer server =
                        started(none ->
                                none.account(TestServer.USER, "data=required")
                                        .account(TestServer.OTHER_USER, "control=required"));
                ProbeClient client = server.greeted(Door.EXPLICIT_OPTIONAL)) {
            client.send("USER " + TestServer.USER).expect(331);
            String refusal =
                    client.send("USER " + TestServer.OTHER_USER).expect(530).reply().toString();
            assertThat(client.send("USER nobody").expect(530).reply().toString())
                    .isEqualTo(refusal);
        }
    }

    /// An account's demands hold on a listener without TLS too, and AUTH would be no help there.
    @Test
    void where_there_is_no_tls_the_refusal_names_another_port() throws IOException {
        try (TestServer server =
                        started(none ->
                                none.account(TestServer.USER, "control=required")
                                        .mount("/docs", "data=required"));
                ProbeClient refused = server.greeted(Door.PLAIN);
                ProbeClient other = server.greeted(Door.PLAIN)) {
            refused.send("USER " + TestServer.USER).expect(530, "...use another port.");
            other.login(TestServer.OTHER_USER, TestServer.PASSWORD);
            other.send("EPSV").expect(229).send("LIST docs").expect(521, "...use another port.");
            assertThat(server.events().all(CommandRefused.class))
                    .extracting(CommandRefused::reason)
                    .containsExactly("tls-required", "data-must-be-protected");
        }
    }

    @Test
    void where_no_account_demands_anything_every_name_goes_on() throws IOException {
        try (TestServer server = started(none -> none);
                ProbeClient client = server.greeted(Door.EXPLICIT_OPTIONAL)) {
            client.send("USER nobody").expect(331);
        }
    }

    @Test
    void an_account_may_demand_protected_data() throws IOException {
        try (TestServer server = started(none -> none.account(TestServer.USER, "data=required"));
                ProbeClient client = server.greeted(Door.EXPLICIT_OPTIONAL).startTls()) {
            client.login(TestServer.USER, TestServer.PASSWORD);
            client.send("EPSV").expect(229).send("LIST").expect(521);
            client.send("PBSZ 0").expect(200).send("PROT C").expect(534);
            client.protect().upload("STOR a", CONTENT).expect(150, 226);
        }
    }

    @Test
    void an_account_may_demand_a_version_of_tls_and_learns_it_behind_its_password_alone()
            throws IOException {
        try (TestServer server =
                        started(none -> none.account(TestServer.USER, "least-version=1.3"));
                ProbeClient older = greeted(server, TlsChoice.TLS_1_2);
                ProbeClient newer = greeted(server, TlsChoice.TLS_1_3)) {
            older.startTls().send("USER " + TestServer.USER).expect(331);
            older.send("PASS wrong").expect(530, "...incorrect.");
            older.send("USER " + TestServer.USER).expect(331);
            older.send("PASS " + TestServer.PASSWORD).expect(530, "TLS 1.3 or newer...");
            assertThat(server.events().all(LoginRefused.class))
                    .extracting(LoginRefused::reason)
                    .containsExactly("bad-secret", "tls-policy");
            newer.startTls().login(TestServer.USER, TestServer.PASSWORD);
        }
    }

    @Test
    void an_account_may_demand_that_data_connections_resume() throws IOException {
        try (TestServer server =
                        started(none ->
                                none.account(TestServer.USER, "session-binding=same-session"));
                ProbeClient client = server.securedMember(Door.EXPLICIT)) {
            client.data(
                    client.plan().protection(new DataProtection.FreshSession(TlsChoice.DEFAULTS)));
            Transfer refused = client.upload("STOR a", CONTENT);
            assertThat(refused.completion().code()).isEqualTo(522);
            client.data(client.plan().protection(DataProtection.SAME_SESSION));
            client.upload("STOR a", CONTENT).expect(150, 226);
        }
    }

    @Test
    void what_is_looser_counts_only_where_the_listener_may_be_overridden() throws IOException {
        UnaryOperator<Policies> lax =
                none -> none.account(TestServer.USER, "control=optional data=optional");
        try (TestServer server = started(lax);
                ProbeClient client = server.greeted(Door.EXPLICIT)) {
            client.send("USER " + TestServer.USER).expect(530);
        }
        PolicyOptions overridable = new PolicyOptions(Overridable.YES, TlsDemands.NONE);
        try (TestServer server = started(none -> lax.apply(none).with(overridable));
                ProbeClient client = server.greeted(Door.EXPLICIT)) {
            client.send("USER " + TestServer.OTHER_USER).expect(530);
            client.login(TestServer.USER, TestServer.PASSWORD).send("TYPE I").expect(200);
            client.upload("STOR a", CONTENT).expect(150, 226);
        }
    }

    @Test
    void a_mount_may_demand_protected_data() throws IOException {
        try (TestServer server = started(none -> none.mount("/docs", "data=required"));
                ProbeClient client = server.plainMember(Door.EXPLICIT_OPTIONAL)) {
            client.upload("STOR a", CONTENT).expect(150, 226);
            client.send("EPSV").expect(229).send("STOR docs/a").expect(521);
            client.send("EPSV").expect(229).send("MLSD /docs").expect(521);
            client.send("CWD docs").expect(250).send("EPSV").expect(229).send("LIST").expect(521);
            client.send("STAT /docs").expect(550);
            assertThat(server.files().content("/docs/a")).isEmpty();
        }
    }

    @Test
    void data_are_protected_where_the_control_connection_that_shows_them_is() throws IOException {
        try (TestServer server = started(none -> none.mount("/docs", "data=required"));
                ProbeClient client = server.securedMember(Door.EXPLICIT_OPTIONAL)) {
            client.send("PROT C").expect(200);
            client.send("EPSV").expect(229).send("LIST /docs").expect(521);
            client.send("STAT /docs").expect(212).send("STAT d*/guide.txt").expect(212);
        }
    }

    @Test
    void a_mount_that_demands_tls_cannot_be_touched_in_the_clear() throws IOException {
        try (TestServer server = started(none -> none.mount("/docs", "control=required"));
                ProbeClient clear = server.plainMember(Door.EXPLICIT_OPTIONAL);
                ProbeClient secured = server.securedMember(Door.EXPLICIT_OPTIONAL)) {
            for (String command : TOUCHING) {
                clear.send(command).expect(534, "TLS is required...");
            }
            clear.send("RNFR hello.txt").expect(350).send("RNTO docs/x").expect(534);
            clear.send("SITE CPFR hello.txt").expect(350).send("SITE CPTO docs/x").expect(534);
            for (String command : MOVING) {
                clear.send("EPSV").expect(229).send(command).expect(534);
            }
            clear.send("DSIZ /").expect(550);
            for (String pattern : List.of("d*/guide.txt", "d*/*", "*/g*")) {
                assertThat(clear.ask("STAT " + pattern).lines()).as(pattern).hasSize(2);
                assertThat(secured.ask("STAT " + pattern).toString()).contains("docs/guide.txt");
            }
            secured.send("CWD docs").expect(250).send("DSIZ /").expect(213);
            assertThat(secured.ask("STAT /docs").lines()).hasSize(3);
            secured.send("MLST /new").expect(550).send("MLST /docs/guide.txt").expect(250);
        }
    }

    /// Or the list above is not all there is.
    @Test
    void every_verb_with_a_path_is_among_those_that_must_not_touch_it() {
        assertThat(
                        Stream.concat(TOUCHING.stream(), MOVING.stream())
                                .map(command -> command.split(" ", 2)[0])
                                .toList())
                .containsAll(
                        Stream.of(Verb.values())
                                .filter(verb -> verb.service() != Verb.Service.REFUSED)
                                .filter(verb -> NAMES_A_PATH.matcher(verb.syntax()).find())
                                .filter(verb -> verb != Verb.RNTO)
                                .map(Verb::name)
                                .toList());
    }

    @Test
    void nobody_steps_up_into_a_mount_that_demands_tls() throws IOException {
        try (TestServer server = started(none -> none.mount("/docs", "control=required"));
                ProbeClient client = server.securedMember(Door.OPTIONAL_LOOSE)) {
            client.send("MKD docs/sub").expect(257).send("CWD docs/sub").expect(250);
            client.send("CCC").expect(200).clear();
            client.send("CDUP").expect(534).send("XCUP").expect(534).send("CWD ..").expect(534);
            client.send("PWD").expect(257, "\"/docs/sub\"...");
        }
    }

    /// The listener lets sessions out of what it demands of the control connection, and so does a
    /// mount that has something to say about other things.
    @Test
    void a_mount_without_an_opinion_about_the_control_connection_stays_open_behind_ccc()
            throws IOException {
        try (TestServer server = started(none -> none.mount("/docs", "upload-end=strict"));
                ProbeClient client = server.securedMember(Door.EXPLICIT_LOOSE)) {
            client.send("CCC").expect(200).clear();
            client.send("CWD docs").expect(250).send("SIZE guide.txt").expect(213);
            assertThat(listed(client)).contains("guide.txt");
            client.send("CWD /").expect(250);
            assertThat(listed(client)).contains("guide.txt");
        }
    }

    @Test
    void a_looser_mount_stays_open_behind_ccc_and_one_that_wants_a_newer_tls_closed()
            throws IOException {
        try (TestServer server = started(none -> none.mount("/docs", "control=optional"));
                ProbeClient client = server.securedMember(Door.EXPLICIT_LOOSE)) {
            client.send("CCC").expect(200).clear();
            client.send("CWD docs").expect(250);
        }
        try (TestServer server = started(none -> none.mount("/docs", "least-version=1.3"))) {
            for (TlsChoice choice : List.of(TlsChoice.TLS_1_2, TlsChoice.TLS_1_3)) {
                try (ProbeClient client =
                        server.greeted(
                                        Door.EXPLICIT_LOOSE,
                                        Family.IPV4,
                                        ProbeClient.Settings.DEFAULTS.tls(choice))
                                .startTls()) {
                    client.login(TestServer.USER, TestServer.PASSWORD);
                    client.send("CCC").expect(200).clear();
                    client.send("CWD docs").expect(choice.equals(TlsChoice.TLS_1_3) ? 250 : 534);
                }
            }
        }
    }

    /// Otherwise a listing of what is above it would show what it does not.
    @Test
    void a_recursive_listing_stays_out_of_a_mount_that_refuses_it() throws IOException {
        try (TestServer server = started(none -> none.mount("/docs", "data=required"));
                ProbeClient client = server.securedMember(Door.EXPLICIT_OPTIONAL)) {
            assertThat(listed(client)).contains("guide.txt");
            client.send("PROT C").expect(200);
            client.data(client.plan().protection(new DataProtection.Clear()));
            assertThat(listed(client)).contains("docs").doesNotContain("guide.txt");
        }
    }

    /// The data connection was looked at by the rules of what is above it.
    @Test
    void a_recursive_listing_stays_out_of_a_mount_that_demands_more_of_its_data_connection()
            throws IOException {
        try (TestServer server =
                        started(none -> none.mount("/docs", "session-binding=same-session"));
                ProbeClient client = server.securedMember(Door.EXPLICIT)) {
            client.data(
                    client.plan().protection(new DataProtection.FreshSession(TlsChoice.DEFAULTS)));
            assertThat(listed(client)).contains("docs").doesNotContain("guide.txt");
        }
    }

    @Test
    void what_a_tried_policy_would_refuse_is_noted_once_for_each_rule_and_done()
            throws IOException {
        try (TestServer server =
                started(none ->
                        none.with(
                                new PolicyOptions(
                                        Overridable.NO,
                                        TlsDemands.parse(
                                                "control=required data=required least-version=1.3"
                                                        + " client-certificate=required"
                                                        + " session-binding=same-session"
                                                        + " upload-end=strict"))))) {
            try (ProbeClient client = server.plainMember(Door.EXPLICIT_OPTIONAL)) {
                client.upload("STOR a", CONTENT).expect(150, 226);
                client.upload("STOR b", CONTENT).expect(150, 226);
            }
            try (ProbeClient client = greeted(server, TlsChoice.TLS_1_2).startTls()) {
                client.login(TestServer.USER, TestServer.PASSWORD).protect();
                client.data(
                        client.plan()
                                .protection(new DataProtection.FreshSession(TlsChoice.TLS_1_2)));
                client.upload("STOR c", CONTENT).expect(150, 226);
            }
            assertThat(server.events().all(PolicyWouldRefuse.class))
                    .extracting(PolicyWouldRefuse::rule)
                    .containsExactly(
                            "control",
                            "client-certificate",
                            "data",
                            "least-version",
                            "client-certificate",
                            "session-binding");
            assertThat(server.events().all(PolicyWouldRefuse.class))
                    .extracting(PolicyWouldRefuse::user)
                    .containsOnly(TestServer.USER);
        }
    }

    @Test
    void who_would_be_excepted_from_a_tried_policy_is_not_noted() throws IOException {
        String lax = "control=optional data=optional session-binding=off";
        TlsDemands tried =
                TlsDemands.parse("control=required data=required session-binding=same-session");
        PolicyOptions overridable = new PolicyOptions(Overridable.YES, tried);
        try (TestServer server =
                started(none -> none.account(TestServer.USER, lax).with(overridable))) {
            try (ProbeClient client = server.plainMember(Door.EXPLICIT_OPTIONAL)) {
                client.upload("STOR a", CONTENT).expect(150, 226);
            }
            try (ProbeClient client = server.securedMember(Door.EXPLICIT_OPTIONAL)) {
                client.data(
                        client.plan()
                                .protection(new DataProtection.FreshSession(TlsChoice.DEFAULTS)));
                client.upload("STOR b", CONTENT).expect(150, 226);
            }
            assertThat(server.events().all(PolicyWouldRefuse.class)).isEmpty();
        }
        try (TestServer server = started(none -> none.mount("/docs", lax).with(overridable));
                ProbeClient client = server.plainMember(Door.EXPLICIT_OPTIONAL)) {
            client.upload("STOR docs/a", CONTENT).expect(150, 226);
            assertThat(noted(server)).containsExactly("control");
            client.upload("STOR a", CONTENT).expect(150, 226);
            assertThat(noted(server)).containsExactly("control", "data");
        }
    }

    @Test
    void what_is_refused_anyway_is_not_noted_as_well() throws IOException {
        PolicyOptions tried =
                new PolicyOptions(Overridable.NO, TlsDemands.parse("control=required"));
        try (TestServer server =
                        started(none ->
                                none.account(TestServer.USER, "control=required").with(tried));
                ProbeClient client = server.greeted(Door.EXPLICIT_OPTIONAL)) {
            client.send("USER nobody").expect(530).send("USER " + TestServer.USER).expect(530);
            assertThat(noted(server)).isEmpty();
            client.send("USER " + TestServer.OTHER_USER).expect(331);
            assertThat(noted(server)).containsExactly("control");
        }
    }

    private static List<String> noted(TestServer server) {
        return server.events().all(PolicyWouldRefuse.class).stream()
                .map(PolicyWouldRefuse::rule)
                .toList();
    }

    private static String listed(ProbeClient client) throws IOException {
        return new String(
                client.download("LIST -R").expect(150, 226).content(), StandardCharsets.UTF_8);
    }

    private static ProbeClient greeted(TestServer server, TlsChoice choice) throws IOException {
        return server.greeted(
                Door.EXPLICIT_OPTIONAL, Family.IPV4, ProbeClient.Settings.DEFAULTS.tls(choice));
    }

    private static TestServer started(UnaryOperator<Policies> change) throws IOException {
        return TestServer.start(Options.DEFAULTS.with(change.apply(Policies.NONE)));
    }
}
