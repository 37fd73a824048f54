package io.sealane.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sealane.core.event.Event;
import io.sealane.core.tls.CertificateLogin;
import io.sealane.core.tls.CertificateLogin.Password;
import io.sealane.core.tls.CertificateNames;
import io.sealane.core.tls.ClientCertificates;
import io.sealane.core.tls.ClientCertificates.Presence;
import io.sealane.core.tls.ClientTrust;
import io.sealane.core.tls.SessionBinding;
import io.sealane.testkit.DataProtection;
import io.sealane.testkit.Pacing;
import io.sealane.testkit.PeerEnd;
import io.sealane.testkit.ProbeClient;
import io.sealane.testkit.Resumption;
import io.sealane.testkit.TestAuthority;
import io.sealane.testkit.TestAuthority.Spec;
import io.sealane.testkit.TestCertificate;
import io.sealane.testkit.TlsChoice;
import io.sealane.testkit.Transcript;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What a client's certificate is worth: at the door, at the login, and on data connections.
@Timeout(60)
final class ClientCertificateTest {
    private static final TestAuthority ROOT = TestAuthority.root("CN=Clients,O=Test");
    private static final TestCertificate DEMO = ROOT.issue(Spec.of("CN=demo,O=Test"));
    private static final TestCertificate ASLEEP = ROOT.issue(Spec.of("CN=asleep,O=Test"));
    private static final TestCertificate NOBODY = ROOT.issue(Spec.of("CN=nobody,O=Test"));
    private static final TestCertificate REVOKED = ROOT.issue(Spec.of("CN=demo,O=Gone"));

    private static final CertificateLogin ENOUGH =
            new CertificateLogin(CertificateNames.SUBJECT_CN, Password.NOT_NEEDED);
    private static final CertificateLogin AND_PASSWORD =
            new CertificateLogin(CertificateNames.SUBJECT_CN, Password.REQUIRED);

    private static final byte[] CONTENT = TestFiles.text("mine");

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "PLAIN")
    void a_certificate_logs_in_and_its_session_resumes(Security security) throws IOException {
        try (TestServer server = asking(security, Presence.REQUIRED, ENOUGH);
                ProbeClient client = security.secured(server, DEMO)) {
            client.send("USER demo").expect(232).protect().send("TYPE I").expect(200);
            for (int i = 0; i < 20; i++) {
                client.upload("STOR a", CONTENT).expect(150, 226).expectTls(Resumption.RESUMED);
            }
            assertThat(client.download("RETR a").expect(150, 226).content()).isEqualTo(CONTENT);
            Event.ControlSecured secured = server.events().await(Event.ControlSecured.class);
            assertThat(secured.clientSubject()).isEqualTo("CN=demo,O=Test");
            assertThat(secured.clientFingerprint()).matches("[0-9a-f]{64}");
            Event.LoginAccepted login = server.events().await(Event.LoginAccepted.class);
            assertThat(login.by()).isEqualTo("certificate");
        }
    }

    /// Clients that always send PASS, or send it ahead, find nothing wrong.
    @ParameterizedTest
    @EnumSource(names = {"JSSE_1_2", "BORINGSSL_1_3"})
    void the_login_by_certificate_goes_as_written(Security security) throws IOException {
        Transcript transcript =
                Transcript.parse(
                        """
                        C: PASS secret
                        S: 503 Send USER first.
                        C: USER other
                        S: 530 Login incorrect.
                        C: PASS secret
                        S: 503 Send USER first.
                        C: USER demo
                        S: 232 User logged in, authorized by security data exchange.
                        C: PASS wrong
                        S: 230 Logged in by certificate, no password is needed.
                        C: PWD
                        S: 257
                        C: USER demo
                        S: 503 Already logged in.
                        C: REIN
                        S: 220
                        C: PWD
                        S: 530
                        C: USER demo
                        S: 232
                        C! PASS wrong\\r\\nPWD\\r\\n
                        S: 230
                        S: 257
                        """);
        try (TestServer server = asking(security, Presence.OPTIONAL, ENOUGH)) {
            for (Pacing pacing : List.of(Pacing.whole(), Pacing.byteByByte())) {
                try (ProbeClient client = security.secured(server, DEMO)) {
                    transcript.run(client, pacing);
                }
            }
            assertThat(server.events().all(Event.LoginRefused.class))
                    .extracting(Event.LoginRefused::reason)
                    .containsOnly("certificate-of-another");
        }
    }

    /// In the clear anybody can have put the name there.
    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "PLAIN")
    void behind_ccc_a_certificate_logs_nobody_in(Security security) throws IOException {
        ProbeClient.Settings shown =
                ProbeClient.Settings.DEFAULTS.tls(security.choice().keyManagers(DEMO.keyManager()));
        try (TestServer server = asking(security, Presence.OPTIONAL, ENOUGH);
                ProbeClient client = server.greeted(Door.OPTIONAL_LOOSE, Family.IPV4, shown)) {
            client.startTls().send("USER demo").expect(232);
            client.send("CCC").expect(200).clear().send("REIN").expect(220);
            client.send("USER demo").expect(331).send("PWD").expect(530);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"JSSE_1_3", "BORINGSSL_1_2"})
    void a_disabled_account_and_one_that_is_not_there_stay_out(Security security)
            throws IOException {
        try (TestServer server = asking(security, Presence.REQUIRED, ENOUGH);
                ProbeClient asleep = security.secured(server, ASLEEP);
                ProbeClient nobody = security.secured(server, NOBODY)) {
            asleep.send("USER asleep").expect(530, "Login incorrect.");
            nobody.send("USER nobody").expect(530, "Login incorrect.");
            assertThat(server.events().all(Event.LoginRefused.class))
                    .extracting(Event.LoginRefused::reason)
                    .containsExactly("disabled", "unknown-user");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"JSSE_1_3", "BORINGSSL_1_3"})
    void guesses_by_certificate_are_counted_as_those_by_password(Security security)
            throws IOException {
        try (TestServer server = asking(security, Presence.REQUIRED, ENOUGH);
                ProbeClient client = security.secured(server, DEMO)) {
            for (int i = 0; i < 4; i++) {
                client.send("USER other").expect(530);
            }
            client.send("USER other").expect(421);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"JSSE_1_2", "BORINGSSL_1_3"})
    void where_the_password_is_required_too_both_have_to_be_right(Security security)
            throws IOException {
        try (TestServer server = asking(security, Presence.REQUIRED, AND_PASSWORD);
                ProbeClient client = security.secured(server, DEMO)) {
            client.send("USER other").expect(530);
            client.send("USER demo").expect(331);
            client.send("PASS wrong").expect(530);
            client.send("USER demo").expect(331);
            client.send("PASS secret").expect(230, "Logged in.");
            client.send("PASS secret").expect(503);
            assertThat(server.events().await(Event.LoginAccepted.class).by()).isEqualTo("password");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"JSSE_1_2", "BORINGSSL_1_3"})
    void a_certificate_of_nobody_admits_everybody_by_password(Security security)
            throws IOException {
        try (TestServer server = asking(security, Presence.REQUIRED, CertificateLogin.BY_PASSWORD);
                ProbeClient client = security.secured(server, NOBODY)) {
            client.login(TestServer.OTHER_USER, TestServer.PASSWORD);
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "PLAIN")
    void who_has_none_goes_on_without_where_it_is_optional(Security security) throws IOException {
        try (TestServer server = asking(security, Presence.OPTIONAL, ENOUGH);
                ProbeClient client = security.member(server)) {
            client.upload("STOR a", CONTENT).expect(150, 226).expectTls(Resumption.RESUMED);
            assertThat(server.events().await(Event.ControlSecured.class).clientSubject())
                    .isEqualTo("-");
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "PLAIN")
    void who_has_none_is_told_so_where_it_is_required(Security security) throws IOException {
        try (TestServer server = asking(security, Presence.REQUIRED, ENOUGH)) {
            assertThatThrownBy(() -> security.member(server).close())
                    .isInstanceOf(IOException.class);
            Event.HandshakeFailed failed = server.events().await(Event.HandshakeFailed.class);
            assertThat(failed.reason()).isEqualTo("client-certificate-missing");
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "PLAIN")
    void a_revoked_certificate_is_refused_even_where_none_is_required(Security security)
            throws IOException {
        ClientTrust trust =
                new ClientTrust(
                        List.of(ROOT.certificate()),
                        List.of(ROOT.revocations(REVOKED.certificate())),
                        InstantSource.system());
        try (TestServer server =
                TestServer.start(
                        security.options(),
                        new ClientCertificates.AskedFor(Presence.OPTIONAL, trust, ENOUGH))) {
            assertThatThrownBy(
                            () -> {
                                try (ProbeClient client = security.secured(server, REVOKED)) {
                                    client.ask("NOOP");
                                }
                            })
                    .isInstanceOf(IOException.class);
            Event.HandshakeFailed failed = server.events().await(Event.HandshakeFailed.class);
            assertThat(failed.reason()).isEqualTo("client-certificate-revoked");
            assertThat(failed.detail()).isEqualTo("client-certificate-revoked: CN=demo,O=Gone");
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "PLAIN")
    void a_full_handshake_of_data_needs_the_same_certificate(Security security) throws IOException {
        try (TestServer server = asking(security, Presence.REQUIRED, ENOUGH);
                ProbeClient client = security.secured(server, DEMO)) {
            client.send("USER demo").expect(232).protect().send("TYPE I").expect(200);
            fresh(client, security.choice().keyManagers(DEMO.keyManager()));
            client.upload("STOR a", CONTENT).expect(150, 226).expectTls(Resumption.FULL_HANDSHAKE);
            // Of the same name, even: it is the certificate that counts.
            for (TlsChoice other :
                    List.of(
                            security.choice().keyManagers(REVOKED.keyManager()),
                            security.choice())) {
                fresh(client, other);
                assertThat(client.upload("STOR b", CONTENT).completion().code())
                        .as(client.conversation())
                        .isEqualTo(425);
                assertThat(server.files().exists("/b")).isFalse();
                assertThat(client.download("RETR a").content()).isEmpty();
            }
            assertThat(server.events().all(Event.Transfer.class))
                    .extracting(Event.Transfer::result)
                    .contains("other-client-certificate");
            fresh(client, security.choice().keyManagers(REVOKED.keyManager()));
            client.upload("STOR b", CONTENT).expect(150, 425).expectEnd(PeerEnd.CLOSE_NOTIFY);
            client.data(client.plan().protection(DataProtection.SAME_SESSION));
            client.upload("STOR b", CONTENT).expect(150, 226).expectTls(Resumption.RESUMED);
        }
    }

    private static void fresh(ProbeClient client, TlsChoice choice) {
        client.data(client.plan().protection(new DataProtection.FreshSession(choice)));
    }

    private static TestServer asking(Security security, Presence presence, CertificateLogin login)
            throws IOException {
        ClientTrust trust =
                new ClientTrust(List.of(ROOT.certificate()), List.of(), InstantSource.system());
        return TestServer.start(
                security.options().with(SessionBinding.PREFER),
                new ClientCertificates.AskedFor(presence, trust, login));
    }
}
