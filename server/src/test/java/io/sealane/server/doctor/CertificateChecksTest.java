package io.sealane.server.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealane.testkit.TestAuthority;
import io.sealane.testkit.TestAuthority.Spec;
import io.sealane.testkit.TestCertificate;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// A certificate that is of `localhost`, `127.0.0.1` and `::1` and signs itself.
final class CertificateChecksTest {
    private static final X509Certificate EC = TestCertificate.ec().certificate();
    private static final X509Certificate RSA = TestCertificate.rsa().certificate();
    private static final Instant FROM = EC.getNotBefore().toInstant();
    private static final Instant TO = EC.getNotAfter().toInstant();
    private static final Trust KNOWN = Trust.of(List.of(EC));
    private static final Trust UNKNOWN = Trust.of(List.of());

    @Test
    void a_certificate_that_the_user_named_is_good() {
        CertificateChecks checks = checks(List.of(EC), "localhost", KNOWN, FROM);
        assertThat(findings(checks))
                .containsExactly(
                        Finding.CERTIFICATE_TRUSTED,
                        Finding.CERTIFICATE_NAME,
                        Finding.CERTIFICATE_VALID,
                        Finding.CERTIFICATE_KEY);
        assertThat(checks.areGood()).isTrue();
    }

    @Test
    void one_that_signs_itself_is_not_without_that() {
        CertificateChecks checks = checks(List.of(EC), "localhost", UNKNOWN, FROM);
        assertThat(findings(checks)).contains(Finding.CERTIFICATE_SELF_SIGNED);
        assertThat(checks.areGood()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "LOCALHOST", "localhost.", "127.0.0.1", "::1"})
    void it_is_for_its_names_and_addresses(String host) {
        assertThat(findings(checks(List.of(EC), host, KNOWN, FROM)))
                .contains(Finding.CERTIFICATE_NAME);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ftp.example.com", "127.0.0.2", "local"})
    void it_is_for_no_other(String host) {
        CertificateChecks checks = checks(List.of(EC), host, KNOWN, FROM);
        assertThat(findings(checks)).contains(Finding.CERTIFICATE_OF_ANOTHER);
        assertThat(checks.areGood()).isFalse();
    }

    @Test
    void its_time_is_judged_by_the_clock_and_its_trust_is_not() {
        assertThat(at(FROM.minusSeconds(1))).contains(Finding.CERTIFICATE_NOT_YET_VALID);
        assertThat(at(TO.plusSeconds(1)))
                .contains(Finding.CERTIFICATE_EXPIRED, Finding.CERTIFICATE_TRUSTED);
        assertThat(at(TO.minus(Duration.ofDays(3)))).contains(Finding.CERTIFICATE_EXPIRES_SOON);
        assertThat(at(TO.minus(Duration.ofDays(15)))).contains(Finding.CERTIFICATE_VALID);
        assertThat(checks(List.of(EC), "localhost", KNOWN, TO.plusSeconds(1)).areGood()).isFalse();
    }

    @Test
    void a_chain_with_a_stranger_in_it_is_not_in_order() {
        assertThat(findings(checks(List.of(EC, RSA), "localhost", KNOWN, FROM)))
                .contains(Finding.CHAIN_DISORDERED);
    }

    /// Each order of them would be a way to a root to try.
    @Test
    @Timeout(value = 30, threadMode = ThreadMode.SEPARATE_THREAD)
    void a_chain_may_be_a_maze() {
        List<X509Certificate> chain = TestAuthority.maze(Spec.of("CN=localhost"), 40);
        assertThat(findings(checks(chain, "localhost", KNOWN, Instant.now())))
                .contains(Finding.CHAIN_INCOMPLETE);
    }

    @ParameterizedTest
    @CsvSource({
        "*.example.com, ftp.example.com, true",
        "*.example.com, example.com, false",
        "*.example.com, a.b.example.com, false",
        "f*.example.com, ftp.example.com, false",
        "ftp.example.com, ftp.example.com, true",
        "*, com, false"
    })
    void a_star_is_one_label(String pattern, String host, boolean expected) {
        assertThat(HostNames.matches(pattern, host)).isEqualTo(expected);
    }

    private static List<Finding> at(Instant now) {
        return findings(checks(List.of(EC), "localhost", KNOWN, now));
    }

    private static CertificateChecks checks(
            List<X509Certificate> chain, String host, Trust trust, Instant now) {
        return new CertificateChecks(chain, Target.parse(host).orElseThrow(), trust, now);
    }

    private static List<Finding> findings(CertificateChecks checks) {
        Notebook notes = new Notebook(new Place(21, Door.EXPLICIT));
        checks.report(notes);
        return notes.all().stream().map(Observation::finding).toList();
    }
}
