package io.sealane.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealane.accounts.Secret;
import io.sealane.core.tls.CertificateLogin;
import io.sealane.core.tls.CertificateNames;
import io.sealane.core.tls.ClientCertificates;
import io.sealane.core.tls.ClientTrust;
import io.sealane.core.tls.SessionBinding;
import io.sealane.core.tls.UploadEnd;
import io.sealane.server.doctor.Diagnosis;
import io.sealane.server.doctor.Doctor;
import io.sealane.server.doctor.Finding;
import io.sealane.server.doctor.Login;
import io.sealane.server.doctor.Login.WrongCertificate;
import io.sealane.server.doctor.Mode;
import io.sealane.server.doctor.Observation;
import io.sealane.server.doctor.Request;
import io.sealane.server.doctor.Severity;
import io.sealane.server.doctor.Target;
import io.sealane.testkit.TestCertificate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What the doctor says of this server, which is what its configuration says.
@Timeout(60)
final class DoctorTest {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    @TempDir private Path folder;

    @Test
    void a_strict_server_with_boringssl_has_nothing_worse_than_notes() throws Exception {
        try (TestServer server = files().served(strict(Library.BORINGSSL))) {
            Diagnosis diagnosis = examine(server, Door.EXPLICIT, Mode.AUTO);
            assertThat(findings(diagnosis))
                    .as(diagnosis.toString())
                    .contains(
                            Finding.EXPLICIT_TLS,
                            Finding.LOGIN_NEEDS_TLS,
                            Finding.AUTH_IS_A_WALL,
                            Finding.FEAT_COMPLETE,
                            Finding.TLS_VERSIONS,
                            Finding.POST_QUANTUM,
                            Finding.CERTIFICATE_TRUSTED,
                            Finding.CERTIFICATE_NAME,
                            Finding.ALPN_FTP,
                            Finding.CLEAR_DATA_REFUSED,
                            Finding.LOGIN,
                            Finding.PASSIVE_ADDRESS,
                            Finding.DATA_BY_TLS,
                            Finding.DATA_RESUMPTION_REQUIRED,
                            Finding.LISTING_ENDS_CLEANLY,
                            Finding.UPLOAD_CUT_REFUSED);
            assertThat(diagnosis.worst())
                    .as(diagnosis.toString())
                    .isLessThanOrEqualTo(Severity.NOTE);
            assertThat(seen(diagnosis, Finding.TLS_VERSIONS)).isEqualTo("TLS 1.2, TLS 1.3");
            assertNothingIsLeft();
        }
    }

    @Test
    void a_lax_server_with_jsse_is_told_what_it_lets_through() throws Exception {
        TestServer.Options lax =
                TestServer.Options.DEFAULTS.with(UploadEnd.LENIENT).with(SessionBinding.OFF);
        try (TestServer server = files().served(lax)) {
            Diagnosis diagnosis = examine(server, Door.AUTO_OPTIONAL, Mode.AUTO);
            assertThat(findings(diagnosis))
                    .as(diagnosis.toString())
                    .contains(
                            Finding.BOTH_MODES,
                            Finding.CLEAR_LOGIN,
                            Finding.AUTH_IS_A_WALL,
                            Finding.CLEAR_DATA_SERVED,
                            Finding.DATA_RESUMPTION_OPTIONAL,
                            Finding.UPLOAD_CUT_ACCEPTED)
                    .doesNotContain(Finding.LEFT_BEHIND, Finding.PROBE_FAILED);
            assertThat(diagnosis.exitCode()).isEqualTo(Diagnosis.EXIT_WARNING);
            assertNothingIsLeft();
        }
    }

    @Test
    void a_certificate_that_is_not_trusted_gets_no_password() throws Exception {
        try (TestServer server = TestServer.start();
                Secret password = Secret.of(TestServer.PASSWORD)) {
            Login login =
                    new Login(
                            TestServer.USER, password, WrongCertificate.REFUSED, Optional.empty());
            Diagnosis diagnosis =
                    Doctor.examine(
                            request(server, Door.IMPLICIT, Mode.IMPLICIT, List.of(), login),
                            InstantSource.system());
            assertThat(findings(diagnosis))
                    .as(diagnosis.toString())
                    .contains(
                            Finding.IMPLICIT_TLS,
                            Finding.CERTIFICATE_SELF_SIGNED,
                            Finding.NOT_EXAMINED)
                    .doesNotContain(Finding.LOGIN, Finding.LOGIN_FAILED);
        }
    }

    @Test
    void a_mode_that_the_port_does_not_serve_is_not_found() throws Exception {
        try (TestServer server = TestServer.start()) {
            assertThat(examine(server, Door.PLAIN, Mode.IMPLICIT).exitCode())
                    .isEqualTo(Diagnosis.EXIT_NOTHING_ANSWERS);
        }
    }

    @Test
    void a_plain_server_is_serious_and_gets_no_password() throws Exception {
        try (TestServer server = TestServer.start()) {
            Diagnosis diagnosis = examine(server, Door.PLAIN, Mode.AUTO);
            assertThat(findings(diagnosis))
                    .as(diagnosis.toString())
                    .contains(Finding.NO_TLS, Finding.FEAT_COMPLETE)
                    .doesNotContain(Finding.LOGIN, Finding.LOGIN_FAILED);
            assertThat(diagnosis.exitCode()).isEqualTo(Diagnosis.EXIT_SERIOUS);
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "PLAIN")
    void a_server_that_wants_a_certificate_of_its_clients_is_no_defect(Security security)
            throws Exception {
        ClientTrust trust =
                new ClientTrust(
                        List.of(TestCertificate.ec().certificate()),
                        List.of(),
                        InstantSource.system());
        CertificateLogin login =
                new CertificateLogin(
                        CertificateNames.SUBJECT_CN, CertificateLogin.Password.REQUIRED);
        for (Door door : List.of(Door.EXPLICIT, Door.IMPLICIT)) {
            try (TestServer server =
                    TestServer.start(
                            security.options(),
                            new ClientCertificates.AskedFor(
                                    ClientCertificates.Presence.REQUIRED, trust, login))) {
                Diagnosis diagnosis = examine(server, door, Mode.AUTO);
                assertThat(findings(diagnosis))
                        .as(diagnosis.toString())
                        .contains(
                                Finding.CLIENT_CERTIFICATE_REQUIRED,
                                Finding.CERTIFICATE_TRUSTED,
                                Finding.NOT_EXAMINED)
                        .doesNotContain(Finding.PROBE_FAILED, Finding.GAVE_UP, Finding.LOGIN);
                assertThat(diagnosis.worst()).isLessThanOrEqualTo(Severity.NOTE);
            }
        }
    }

    private LocalFolder files() throws IOException {
        return LocalFolder.at(folder).with("hello.txt");
    }

    /// But for what this server keeps of broken uploads, out of its users' sight.
    private void assertNothingIsLeft() throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            assertThat(all.map(file -> file.getFileName().toString()))
                    .filteredOn(name -> !name.startsWith("."))
                    .containsExactly("hello.txt");
        }
    }

    private static TestServer.Options strict(Library library) {
        return TestServer.Options.DEFAULTS.with(library).with(SessionBinding.SAME_SESSION);
    }

    private static Diagnosis examine(TestServer server, Door door, Mode mode)
            throws InterruptedException {
        try (Secret password = Secret.of(TestServer.PASSWORD)) {
            Login login =
                    new Login(
                            TestServer.USER, password, WrongCertificate.REFUSED, Optional.of("."));
            List<X509Certificate> roots = List.of(TestCertificate.ec().certificate());
            return Doctor.examine(
                    request(server, door, mode, roots, login), InstantSource.system());
        }
    }

    private static Request request(
            TestServer server, Door door, Mode mode, List<X509Certificate> roots, Login login) {
        return new Request(
                Target.parse("127.0.0.1").orElseThrow(),
                List.of(server.address(door).getPort()),
                mode,
                PATIENCE,
                roots,
                Optional.of(login));
    }

    private static List<Finding> findings(Diagnosis diagnosis) {
        return diagnosis.observations().stream().map(Observation::finding).toList();
    }

    private static String seen(Diagnosis diagnosis, Finding finding) throws IOException {
        return diagnosis.observations().stream()
                .filter(observation -> observation.finding() == finding)
                .map(Observation::seen)
                .findFirst()
                .orElseThrow(() -> new IOException("no " + finding));
    }
}
