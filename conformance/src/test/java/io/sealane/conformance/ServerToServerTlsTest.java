package io.sealane.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealane.accounts.UserName;
import io.sealane.core.data.ServerToServer;
import io.sealane.core.tls.SessionBinding;
import io.sealane.testkit.DataProtection;
import io.sealane.testkit.ProbeClient;
import io.sealane.testkit.Reply;
import io.sealane.testkit.TlsChoice;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Files that go from one server to another by TLS: one of the two is the TLS client (SSCN, CPSV).
/// The servers demand that clients resume, which another server cannot.
final class ServerToServerTlsTest {
    private static final byte[] HELLO = TestFiles.text("hello\nworld\n");

    @ParameterizedTest
    @CsvSource({"JSSE, JSSE", "JSSE, BORINGSSL", "BORINGSSL, JSSE", "BORINGSSL, BORINGSSL"})
    void a_file_goes_both_ways_whoever_is_the_tls_client(Library first, Library second)
            throws IOException {
        try (TestServer source = start(first);
                TestServer target = start(second);
                ProbeClient from = source.securedMember(Door.EXPLICIT);
                ProbeClient to = target.securedMember(Door.IMPLICIT)) {
            from.send("SSCN ON").expect(200, "SSCN:CLIENT METHOD");
            retrieve(from, to, "PASV", "by-passive-client");
            store(from, to, "PASV", "by-active-client");
            from.send("SSCN OFF").expect(200, "SSCN:SERVER METHOD");
            to.send("SSCN ON").expect(200);
            retrieve(from, to, "PASV", "by-active-client-2");
            store(from, to, "PASV", "by-passive-client-2");
            to.send("SSCN OFF").expect(200);
            retrieve(from, to, "CPSV", "by-cpsv");
            store(from, to, "CPSV", "by-cpsv-2");
            assertThat(target.files().content("/by-passive-client")).contains(HELLO);
            assertThat(target.files().content("/by-active-client")).contains(HELLO);
            assertThat(target.files().content("/by-active-client-2")).contains(HELLO);
            assertThat(target.files().content("/by-passive-client-2")).contains(HELLO);
            assertThat(target.files().content("/by-cpsv")).contains(HELLO);
            assertThat(target.files().content("/by-cpsv-2")).contains(HELLO);
        }
    }

    /// The source has the passive port.
    private static void retrieve(ProbeClient from, ProbeClient to, String passive, String name)
            throws IOException {
        to.send("PORT " + port(from.ask(passive), from)).expect(200);
        to.send("STOR " + name);
        from.send("RETR hello.txt").expect(150).expect(226);
        to.expect(150).expect(226);
    }

    /// The target has it.
    private static void store(ProbeClient from, ProbeClient to, String passive, String name)
            throws IOException {
        from.send("PORT " + port(to.ask(passive), to)).expect(200);
        to.send("STOR " + name);
        from.send("RETR hello.txt").expect(150).expect(226);
        to.expect(150).expect(226);
    }

    private static String port(Reply reply, ProbeClient at) {
        InetSocketAddress address = at.passiveAddress(reply);
        return "127,0,0,1," + address.getPort() / 256 + "," + address.getPort() % 256;
    }

    @Test
    void it_is_a_feature_for_those_who_may_alone() throws IOException {
        try (TestServer server = start(Library.JSSE);
                ProbeClient client = server.greeted(Door.EXPLICIT);
                ProbeClient other = server.greeted(Door.EXPLICIT);
                ProbeClient plain = server.greeted(Door.PLAIN);
                TestServer closed = TestServer.start();
                ProbeClient nobody = closed.securedMember(Door.EXPLICIT)) {
            assertThat(client.features()).containsSubsequence("CPSV", "SSCN");
            client.startTls().login(TestServer.USER, TestServer.PASSWORD);
            assertThat(client.features()).containsSubsequence("CPSV", "SSCN");
            other.startTls().login(TestServer.OTHER_USER, TestServer.PASSWORD).protect();
            assertThat(other.features()).doesNotContain("CPSV", "SSCN");
            other.send("SSCN ON").expect(504).send("CPSV").expect(504);
            assertThat(plain.features()).doesNotContain("CPSV", "SSCN");
            plain.login(TestServer.USER, TestServer.PASSWORD).send("SSCN").expect(502);
            nobody.send("SSCN ON").expect(504).send("CPSV").expect(504);
            assertThat(nobody.features()).doesNotContain("CPSV", "SSCN");
        }
    }

    @Test
    void a_client_has_to_resume_where_it_is_no_other_server() throws IOException {
        InetAddress elsewhere = InetAddress.ofLiteral("127.5.0.1");
        try (TestServer server = start(Library.JSSE, elsewhere::equals);
                ProbeClient client = server.securedMember(Door.EXPLICIT)) {
            client.data(
                    client.plan()
                            .protection(
                                    new DataProtection.FreshSession(
                                            ProbeClient.Settings.DEFAULTS.tls())));
            assertThat(client.upload("STOR a", HELLO).completion().code()).isEqualTo(522);
            client.data(client.plan().protection(DataProtection.SAME_SESSION));
            client.upload("STOR a", HELLO).expect(150, 226);
        }
    }

    @Test
    void another_server_has_to_speak_the_version_that_the_account_demands() throws IOException {
        TestServer.Policies demanding =
                TestServer.Policies.NONE.account(TestServer.USER, "least-version=1.3");
        try (TestServer server = TestServer.start(options(Library.JSSE).with(demanding));
                ProbeClient client = server.securedMember(Door.EXPLICIT)) {
            client.data(
                    client.plan().protection(new DataProtection.FreshSession(TlsChoice.TLS_1_2)));
            assertThat(client.upload("STOR a", HELLO).completion().code()).isEqualTo(522);
            assertThat(server.files().exists("/a")).isFalse();
            client.data(
                    client.plan().protection(new DataProtection.FreshSession(TlsChoice.TLS_1_3)));
            client.upload("STOR a", HELLO).expect(150, 226);
        }
    }

    @Test
    void the_peer_of_a_tls_client_must_be_a_tls_server() throws IOException {
        try (TestServer server = start(Library.BORINGSSL);
                TestServer plain = start(Library.BORINGSSL);
                ProbeClient from = server.securedMember(Door.EXPLICIT);
                ProbeClient to = plain.plainMember(Door.PLAIN)) {
            to.send("PORT " + port(from.ask("CPSV"), from)).expect(200);
            from.send("STOR a").expect(150); // Before the peer can fail it.
            to.send("RETR hello.txt").expect(150);
            from.expect(522, "...TLS handshake failed...");
            to.read();
            assertThat(server.files().exists("/a")).isFalse();
        }
    }

    private static TestServer start(Library library) throws IOException {
        return TestServer.start(options(library));
    }

    private static TestServer start(Library library, Predicate<InetAddress> servers)
            throws IOException {
        return TestServer.start(options(library, servers));
    }

    private static TestServer.Options options(Library library) {
        return options(library, InetAddress::isLoopbackAddress);
    }

    private static TestServer.Options options(Library library, Predicate<InetAddress> servers) {
        ServerToServer permission =
                new ServerToServer(Set.of(new UserName(TestServer.USER)), servers);
        return TestServer.Options.DEFAULTS
                .with(library)
                .with(SessionBinding.SAME_SESSION)
                .with(TestServer.DataConnections.DEFAULTS.with(permission));
    }
}
