package io.sealane.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealane.accounts.TotpKey;
import io.sealane.accounts.UserName;
import io.sealane.core.event.Event;
import io.sealane.testkit.DataPlan;
import io.sealane.testkit.DataProtection;
import io.sealane.testkit.ProbeClient;
import io.sealane.testkit.Resumption;
import io.sealane.testkit.TlsChoice;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Logins with a one-time password, and the protocol by which FileZilla's client asks for it.
final class OneTimePasswordTest {
    private static final TotpKey KEY = TotpKey.of(new byte[TotpKey.OCTETS]);
    private static final TlsChoice FILEZILLA =
            TlsChoice.DEFAULTS.applicationProtocols("ftp", "x-filezilla-ftp");
    private static final TlsChoice FILEZILLA_DATA =
            TlsChoice.DEFAULTS.applicationProtocols("ftp-data");
    private static final UserName USER = new UserName(TestServer.USER);

    /// FileZilla says nothing of PBSZ, PROT and OPTS UTF8 then.
    @ParameterizedTest
    @EnumSource
    void filezilla_asks_its_user_and_finds_its_own_protocol(Library library) throws Exception {
        try (TestServer server = TestServer.start(TestServer.Options.DEFAULTS.with(library))) {
            server.accounts().setTotpKey(USER, KEY);
            String code = code();
            try (ProbeClient client = secured(server, FILEZILLA)) {
                assertThat(protocol(client)).isEqualTo("x-filezilla-ftp");
                client.send("USER " + TestServer.USER)
                        .expect(336, "Password and one-time password, please. [alg:totp]");
                client.send("PASS " + code + ";" + TestServer.PASSWORD).expect(230);
                client.data(protectedBy(FILEZILLA_DATA));
                for (int round = 0; round < 3; round++) {
                    client.download("NLST docs")
                            .expect(150, 226)
                            .transfer()
                            .expectTls(Resumption.RESUMED);
                }
                client.send("PROT P").expect(200);
            }
            try (ProbeClient second = secured(server, FILEZILLA)) {
                second.send("USER " + TestServer.USER).expect(331, "Password, please.");
                second.send("PASS " + code + ";" + TestServer.PASSWORD).expect(230);
                second.send("REIN").expect(220);
                second.send("USER " + TestServer.USER).expect(331);
                second.send("PASS " + TestServer.PASSWORD).expect(230);
                second.data(protectedBy(FILEZILLA_DATA));
                second.download("NLST docs").expect(150, 226);
            }
            assertThat(server.events().all(Event.ControlSecured.class))
                    .extracting(Event.ControlSecured::alpn)
                    .containsOnly("x-filezilla-ftp");
        }
    }

    @ParameterizedTest
    @EnumSource(names = "BORINGSSL")
    void others_write_it_behind_the_password(Library library) throws Exception {
        try (TestServer server = TestServer.start(TestServer.Options.DEFAULTS.with(library))) {
            server.accounts().setTotpKey(USER, KEY);
            for (TlsChoice choice :
                    List.of(TlsChoice.DEFAULTS, TlsChoice.DEFAULTS.applicationProtocols("ftp"))) {
                try (ProbeClient client = secured(server, choice)) {
                    client.send("USER " + TestServer.USER).expect(331, "Password, please.");
                    client.send("PASS " + TestServer.PASSWORD + code()).expect(230);
                    client.data(protectedBy(choice));
                    client.send("PBSZ 0").expect(200);
                    client.send("PROT P").expect(200);
                    client.download("NLST docs").expect(150, 226);
                }
            }
        }
    }

    /// The reply to the client does not say which of both was wrong; the log does.
    @ParameterizedTest
    @EnumSource(names = "BORINGSSL")
    void what_is_wrong_is_in_the_log_alone(Library library) throws Exception {
        try (TestServer server = TestServer.start(TestServer.Options.DEFAULTS.with(library));
                ProbeClient client = secured(server, TlsChoice.DEFAULTS)) {
            server.accounts().setTotpKey(USER, KEY);
            for (String sent : List.of("wrong", TestServer.PASSWORD)) {
                client.send("USER " + TestServer.USER).expect(331);
                client.send("PASS " + sent).expect(530, "Login incorrect.");
            }
            assertThat(server.events().all(Event.LoginRefused.class))
                    .extracting(Event.LoginRefused::reason)
                    .containsExactly("bad-secret", "one-time-password-missing");
        }
    }

    /// So that its client works as with any server where nobody is to be asked.
    @ParameterizedTest
    @EnumSource
    void without_one_time_passwords_filezilla_speaks_the_registered_protocol(Library library)
            throws IOException {
        try (TestServer server = TestServer.start(TestServer.Options.DEFAULTS.with(library));
                ProbeClient client = secured(server, FILEZILLA)) {
            assertThat(protocol(client)).isEqualTo("ftp");
            client.send("USER " + TestServer.USER).expect(331);
        }
    }

    private static ProbeClient secured(TestServer server, TlsChoice choice) throws IOException {
        ProbeClient client =
                ProbeClient.connect(
                        server.address(Door.EXPLICIT), ProbeClient.Settings.DEFAULTS.tls(choice));
        return client.expect(220).startTls();
    }

    private static String protocol(ProbeClient client) {
        return client.stream().tls().orElseThrow().applicationProtocol();
    }

    private static DataPlan protectedBy(TlsChoice choice) {
        return DataPlan.DEFAULTS.protection(new DataProtection.SameSessionAs(choice));
    }

    private static String code() {
        return KEY.passwordOf(TotpKey.stepOf(Instant.now()));
    }
}
