package io.sealane.server.certificate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.sealane.config.Ocsp;
import io.sealane.core.tls.OcspStaple;
import io.sealane.core.tls.TlsIdentity;
import io.sealane.core.tls.TlsProvider;
import io.sealane.core.tls.TlsVersion;
import io.sealane.server.certificate.CertificateFiles.Origin;
import io.sealane.server.certificate.CertificateFiles.Place;
import io.sealane.server.certificate.CertificateTable.UnknownName;
import io.sealane.server.certificate.TestResponder.Answer;
import io.sealane.tls.boringssl.BoringSslProvider;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
final class OcspTest {
    private static final TlsProvider BORINGSSL = BoringSslProvider.load().orElseThrow();
    private static final TestAuthority AUTHORITY = new TestAuthority("Staples");
    private static final TestAuthority STRANGER = new TestAuthority("Stranger");

    @TempDir private Path folder;

    private final Instant start = Instant.now();
    private volatile Instant now = start;
    private volatile Optional<Answer> answer = Optional.empty();
    private volatile Optional<TlsIdentity> served = Optional.empty();
    private volatile boolean isRenewed;
    private volatile boolean isWaitedFor;
    private final List<String> notes = new CopyOnWriteArrayList<>();

    private void note(Level level, String event, String message) {
        notes.add(level + " " + event + " " + message);
    }

    private static OcspQuestion question(TlsIdentity identity) {
        return OcspQuestion.about(identity.leaf(), AUTHORITY.certificate()).orElseThrow();
    }

    private static TlsIdentity issue(String responder) {
        return AUTHORITY.issue(
                KeyKind.EC_P256,
                TestAuthority.YEAR,
                TestResponder.named(responder),
                "ftp.example.com");
    }

    @Test
    void an_answer_counts_if_it_is_the_authoritys_own_of_now_about_this_certificate_and_good()
            throws Exception {
        TlsIdentity identity = issue("http://127.0.0.1:1/");
        OcspQuestion question = question(identity);
        Answer good = Answer.good(start.minusSeconds(60), start.plusSeconds(3600));
        assertThat(question.check(good.by(AUTHORITY, identity), start))
                .satisfies(found ->
                        assertThat(found.until().getEpochSecond())
                                .isEqualTo(start.plusSeconds(3600).getEpochSecond()));
        assertThat(question.check(good.byDelegate(AUTHORITY, identity), start)).isNotNull();
        assertThat(question.check(good.withoutEnd().by(AUTHORITY, identity), start).until())
                .isAfter(start);
        refused(question, good.by(STRANGER, identity), "not signed");
        refused(question, good.byDelegate(STRANGER, identity), "not signed");
        refused(question, good.by(AUTHORITY, issue("http://a/")), "another certificate");
        refused(question, good.revoked().by(AUTHORITY, identity), "revoked since");
        refused(
                question,
                Answer.good(start.minusSeconds(90), start.minusSeconds(30)).by(AUTHORITY, identity),
                "the answer is for");
        refused(
                question,
                Answer.good(start.plusSeconds(3600), start.plusSeconds(7200))
                        .by(AUTHORITY, identity),
                "the answer is for");
        refused(question, TestResponder.tryLater(), "the responder refuses: status 3");
        refused(question, new byte[] {1, 2, 3}, "broken");
        byte[] changed = good.by(AUTHORITY, identity);
        changed[changed.length - 200] ^= 1;
        assertThatThrownBy(() -> question.check(changed, start)).isInstanceOf(OcspFault.class);
    }

    private void refused(OcspQuestion question, byte[] answer, String why) {
        assertThatThrownBy(() -> question.check(answer, start))
                .isInstanceOf(OcspFault.class)
                .hasMessageContaining(why);
    }

    @Test
    void must_staple_is_read_from_the_certificate() {
        TlsIdentity must =
                AUTHORITY.issue(
                        KeyKind.EC_P256,
                        TestAuthority.YEAR,
                        TestResponder.mustStaple(),
                        "ftp.example.com");
        assertThat(OcspQuestion.mustStaple(must.leaf())).isTrue();
        assertThat(OcspQuestion.mustStaple(issue("http://a/").leaf())).isFalse();
    }

    @Test
    void a_staple_is_fetched_renewed_at_half_of_its_life_and_kept_to_its_end() throws Exception {
        HttpServer http =
                TestResponder.start(
                        () -> answer.flatMap(one -> served.map(about -> one.by(AUTHORITY, about))));
        try {
            TlsIdentity identity =
                    issue("http://127.0.0.1:" + http.getAddress().getPort() + "/ocsp");
            served = Optional.of(identity);
            TestAuthority.write(folder, "a", identity);
            answer = Optional.of(Answer.good(start, start.plus(Duration.ofHours(4))));
            try (Certificates certificates = open(Ocsp.AUTO)) {
                await(() -> staple(certificates).isPresent());
                byte[] first = staple(certificates).orElseThrow().der();
                Instant half = start.plus(Duration.ofMinutes(121));
                answer = Optional.of(Answer.good(half, half.plus(Duration.ofHours(4))));
                now = half;
                await(() -> !Arrays.equals(first, staple(certificates).orElseThrow().der()));
                answer = Optional.empty();
                now = start.plus(Duration.ofMinutes(121 + 121));
                await(() ->
                        notes.stream().anyMatch(note -> note.startsWith("WARNING ocsp-not-sta")));
                assertThat(staple(certificates)).isPresent();
                now = start.plus(Duration.ofMinutes(121 + 241));
                assertThat(staple(certificates)).isEmpty();
            }
            try (Certificates off = open(Ocsp.OFF)) {
                assertThat(staple(off)).isEmpty();
            }
        } finally {
            http.stop(0);
        }
    }

    @Test
    void a_certificate_that_must_be_stapled_and_is_not_is_an_alarm() throws Exception {
        TestAuthority.write(folder, "a", mustBeStapled("http://127.0.0.1:1/"));
        try (Certificates certificates = open(Ocsp.AUTO)) {
            await(() ->
                    notes.stream()
                            .anyMatch(note ->
                                    note.startsWith("ERROR ocsp-not-stapled certificates[0]: ")
                                            && note.contains("must be stapled")));
            await(() ->
                    certificates.status().getFirst().problems().stream()
                            .anyMatch(problem -> problem.startsWith("no OCSP staple")));
        }
        for (Stapling provider : Stapling.values()) {
            Place off = place(Ocsp.OFF);
            assertThat(CertificateFiles.open(off, now).warnings(provider))
                    .singleElement()
                    .asString()
                    .contains("must be stapled, and clients refuse it without");
        }
        assertThat(CertificateFiles.open(place(Ocsp.AUTO), now).warnings(Stapling.OCSP)).isEmpty();
    }

    @Test
    void one_that_must_be_stapled_is_not_served_before_its_first_staple() throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        HttpServer http =
                TestResponder.start(() -> {
                    Optional<byte[]> about =
                            served.flatMap(one -> answer.map(said -> said.by(AUTHORITY, one)));
                    if (isRenewed) {
                        awaitOpen(gate);
                    }
                    return about;
                });
        try {
            String responder = "http://127.0.0.1:" + http.getAddress().getPort() + "/ocsp";
            answer = Optional.of(Answer.good(start, start.plusSeconds(3600)));
            TlsIdentity first = mustBeStapled(responder);
            served = Optional.of(first);
            TestAuthority.write(folder, "a", first);
            try (Certificates certificates = open(Ocsp.AUTO)) {
                assertThat(staple(certificates)).as("at the start").isPresent();
                TlsIdentity next = mustBeStapled(responder);
                served = Optional.of(next);
                isRenewed = true;
                TestAuthority.write(folder, "a", next);
                await(() -> isWaitedFor);
                assertThat(leaf(certificates)).isEqualTo(first.leaf());
                assertThat(staple(certificates)).as("the old one's").isPresent();
                gate.countDown();
                await(() -> leaf(certificates).equals(next.leaf()));
                assertThat(staple(certificates)).as("from the first moment").isPresent();
            }
        } finally {
            gate.countDown();
            http.stop(0);
        }
    }

    private void awaitOpen(CountDownLatch gate) {
        isWaitedFor = true;
        try {
            gate.await();
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    private static TlsIdentity mustBeStapled(String responder) {
        return AUTHORITY.issue(
                KeyKind.EC_P256,
                TestAuthority.YEAR,
                builder -> {
                    TestResponder.mustStaple().on(builder);
                    TestResponder.named(responder).on(builder);
                },
                "ftp.example.com");
    }

    private static X509Certificate leaf(Certificates certificates) {
        try {
            return certificates.choose(Optional.empty(), Set.of(TlsVersion.TLS_1_3)).leaf();
        } catch (IOException failed) {
            throw new IllegalStateException(failed);
        }
    }

    @Test
    void the_end_of_a_staple_that_must_be_there_and_was_not_renewed_is_an_alarm() throws Exception {
        HttpServer http =
                TestResponder.start(
                        () -> answer.flatMap(one -> served.map(about -> one.by(AUTHORITY, about))));
        try {
            String responder = "http://127.0.0.1:" + http.getAddress().getPort() + "/ocsp";
            TlsIdentity identity = mustBeStapled(responder);
            served = Optional.of(identity);
            TestAuthority.write(folder, "a", identity);
            answer = Optional.of(Answer.good(start, start.plusSeconds(100)));
            try (Certificates certificates = open(Ocsp.AUTO)) {
                await(() -> staple(certificates).isPresent());
                await(() -> state(certificates) == CertificateStatus.State.GOOD);
                answer = Optional.empty();
                now = start.plusSeconds(70);
                await(() ->
                        certificates.status().getFirst().problems().stream()
                                .anyMatch(problem -> problem.startsWith("OCSP staple not renew")));
                assertThat(state(certificates)).isEqualTo(CertificateStatus.State.GOOD);
                assertThat(notes).noneMatch(note -> note.startsWith("ERROR"));
                now = start.plusSeconds(101); // before the responder is asked again
                await(() ->
                        notes.stream().anyMatch(note -> note.startsWith("ERROR ocsp-not-stapled")));
                await(() -> state(certificates) == CertificateStatus.State.NOT_STAPLED);
            }
        } finally {
            http.stop(0);
        }
    }

    private static CertificateStatus.State state(Certificates certificates) {
        return certificates.status().getFirst().state();
    }

    private Place place(Ocsp ocsp) {
        return new Place(
                "certificates[0]",
                List.of(),
                folder.resolve("a.pem"),
                folder.resolve("a.key"),
                ocsp,
                Origin.OPERATOR);
    }

    private Certificates open(Ocsp ocsp) throws CertificateFault {
        return Certificates.open(
                List.of(place(ocsp)),
                UnknownName.DEFAULT_CERTIFICATE,
                () -> BORINGSSL,
                AcmeRenewals.start(List.of(), AcmeFiles.in(folder), () -> now, this::note),
                Duration.ofMillis(50),
                () -> now,
                this::note);
    }

    private static Optional<OcspStaple> staple(Certificates certificates) {
        try {
            return certificates.choose(Optional.empty(), Set.of(TlsVersion.TLS_1_3)).staple();
        } catch (IOException failed) {
            throw new IllegalStateException(failed);
        }
    }

    private void await(BooleanSupplier condition) {
        Instant end = Instant.now().plusSeconds(10);
        while (!condition.getAsBoolean()) {
            assertThat(Instant.now()).as(notes::toString).isBefore(end);
            Thread.onSpinWait();
        }
    }
}
