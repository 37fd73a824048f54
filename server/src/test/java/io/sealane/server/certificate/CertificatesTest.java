package io.sealane.server.certificate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sealane.config.CertificateConfig;
import io.sealane.config.CertificateName;
import io.sealane.config.CertificateSource;
import io.sealane.config.Ocsp;
import io.sealane.core.tls.JsseProvider;
import io.sealane.core.tls.TlsIdentity;
import io.sealane.core.tls.TlsProvider;
import io.sealane.core.tls.TlsVersion;
import io.sealane.server.certificate.CertificateFiles.Origin;
import io.sealane.server.certificate.CertificateFiles.Place;
import io.sealane.server.certificate.CertificateTable.UnknownName;
import io.sealane.tls.boringssl.BoringSslProvider;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(30)
final class CertificatesTest {
    private static final TlsProvider BORINGSSL = BoringSslProvider.load().orElseThrow();
    private static final TestAuthority AUTHORITY = new TestAuthority("Watched");
    private static final Duration INTERVAL = Duration.ofMillis(20);

    @TempDir private Path folder;

    private volatile Instant now = Instant.now();
    private final InstantSource clock = () -> now;
    private final List<String> notes = new CopyOnWriteArrayList<>();

    private void note(Level level, String event, String message) {
        notes.add(level + " " + event + " " + message);
    }

    private Certificates open(Path chain, Path key) throws CertificateFault {
        return open(
                List.of(
                        new Place(
                                "certificates[0]",
                                List.of(),
                                chain,
                                key,
                                Ocsp.AUTO,
                                Origin.OPERATOR)));
    }

    private Place place(String label, String name) {
        return new Place(
                label,
                List.of(),
                folder.resolve(name + ".pem"),
                folder.resolve(name + ".key"),
                Ocsp.AUTO,
                Origin.OPERATOR);
    }

    private Certificates open(List<Place> places) throws CertificateFault {
        return Certificates.open(
                places,
                UnknownName.DEFAULT_CERTIFICATE,
                () -> BORINGSSL,
                AcmeRenewals.start(List.of(), AcmeFiles.in(folder), clock, this::note),
                INTERVAL,
                clock,
                this::note);
    }

    private CertificateConfig configured(String name) {
        return new CertificateConfig(
                List.of(),
                new CertificateSource.Files(
                        folder.resolve(name + ".pem"), folder.resolve(name + ".key")),
                Ocsp.AUTO);
    }

    private static TlsIdentity issue() {
        return AUTHORITY.issue(KeyKind.EC_P256, "ftp.example.com");
    }

    private static BigInteger served(Certificates certificates) throws IOException {
        return certificates
                .choose(Optional.empty(), Set.of(TlsVersion.TLS_1_3))
                .leaf()
                .getSerialNumber();
    }

    private void await(BooleanSupplier condition) {
        Instant end = Instant.now().plusSeconds(10);
        while (!condition.getAsBoolean()) {
            assertThat(Instant.now()).as(notes::toString).isBefore(end);
            Thread.onSpinWait();
        }
    }

    private void awaitServed(Certificates certificates, TlsIdentity wanted) {
        await(() -> {
            try {
                return served(certificates).equals(wanted.leaf().getSerialNumber());
            } catch (IOException failed) {
                throw new IllegalStateException(failed);
            }
        });
    }

    @Test
    void new_files_are_served_without_a_word_from_outside() throws Exception {
        TlsIdentity old = issue();
        TestAuthority.write(folder, "a", old);
        try (Certificates certificates = open(folder.resolve("a.pem"), folder.resolve("a.key"))) {
            assertThat(served(certificates)).isEqualTo(old.leaf().getSerialNumber());
            TlsIdentity renewed = issue();
            TestAuthority.write(folder, "a", renewed);
            awaitServed(certificates, renewed);
            await(() -> notes.stream().anyMatch(note -> note.startsWith("INFO certificate-rene")));
            assertThat(notes).noneMatch(note -> note.startsWith("ERROR"));
        }
    }

    /// As certbot and Kubernetes do it: a link further up points elsewhere.
    @Test
    void a_symbolic_link_that_is_swapped_is_noticed() throws Exception {
        TlsIdentity old = issue();
        TlsIdentity renewed = issue();
        Path first = Files.createDirectory(folder.resolve("..1"));
        Path second = Files.createDirectory(folder.resolve("..2"));
        TestAuthority.write(first, "tls", old);
        TestAuthority.write(second, "tls", renewed);
        Path data = Files.createSymbolicLink(folder.resolve("..data"), Path.of("..1"));
        Path chain =
                Files.createSymbolicLink(folder.resolve("tls.pem"), Path.of("..data", "tls.pem"));
        Path key =
                Files.createSymbolicLink(folder.resolve("tls.key"), Path.of("..data", "tls.key"));
        try (Certificates certificates = open(chain, key)) {
            Path next = Files.createSymbolicLink(folder.resolve("..next"), Path.of("..2"));
            Files.move(next, data, StandardCopyOption.ATOMIC_MOVE);
            awaitServed(certificates, renewed);
        }
    }

    @Test
    void a_key_that_does_not_fit_changes_nothing_and_is_an_alarm_until_its_chain_comes()
            throws Exception {
        TlsIdentity old = issue();
        TlsIdentity renewed = issue();
        TestAuthority.write(folder, "a", old);
        try (Certificates certificates = open(folder.resolve("a.pem"), folder.resolve("a.key"))) {
            TestAuthority.write(folder.resolve("a.key"), renewed.key());
            await(() ->
                    notes.stream()
                            .anyMatch(note ->
                                    note.startsWith("ERROR certificate-not-renewed certificates[0]")
                                            && note.contains("belongs to no certificate")));
            await(() ->
                    certificates.status().getFirst().state()
                            == CertificateStatus.State.NOT_RENEWED);
            assertThat(served(certificates)).isEqualTo(old.leaf().getSerialNumber());
            TestAuthority.write(folder.resolve("a.pem"), renewed.chain().toArray());
            awaitServed(certificates, renewed);
            await(() -> certificates.status().getFirst().state() == CertificateStatus.State.GOOD);
            assertThat(notes.stream().filter(note -> note.startsWith("ERROR"))).hasSize(1);
        }
    }

    @Test
    void a_pipe_in_place_of_a_file_holds_nobody_up() throws Exception {
        TlsIdentity renewed = issue();
        TestAuthority.write(folder, "a", issue());
        Path chain = folder.resolve("a.pem");
        try (Certificates certificates = open(chain, folder.resolve("a.key"))) {
            Files.delete(chain);
            assertThat(new ProcessBuilder("mkfifo", chain.toString()).start().waitFor()).isZero();
            await(() -> notes.stream().anyMatch(note -> note.contains("it is no file")));
            Files.delete(chain);
            TestAuthority.write(folder, "a", renewed);
            awaitServed(certificates, renewed);
        }
    }

    @Test
    void files_that_vanish_and_a_certificate_that_is_over_change_nothing() throws Exception {
        TlsIdentity old = issue();
        TestAuthority.write(folder, "a", old);
        try (Certificates certificates = open(folder.resolve("a.pem"), folder.resolve("a.key"))) {
            Files.delete(folder.resolve("a.pem"));
            await(() -> notes.stream().anyMatch(note -> note.contains("there is no such file")));
            TlsIdentity over =
                    AUTHORITY.issue(
                            KeyKind.EC_P256, Duration.ofMinutes(1), builder -> {}, "a.example.com");
            TestAuthority.write(folder, "a", over);
            await(() -> notes.stream().anyMatch(note -> note.contains("new certificate expired")));
            assertThat(served(certificates)).isEqualTo(old.leaf().getSerialNumber());
        }
    }

    /// What the files hold in place of a good pair, and how the alarm puts it.
    record Worse(TlsIdentity files, String words) {}

    private static List<Worse> worse() {
        TestAuthority namesake = new TestAuthority("Watched");
        TlsIdentity whole = issue();
        X509Certificate over =
                AUTHORITY.certificateFrom(
                        Instant.now().minus(Duration.ofDays(2)), Duration.ofDays(1));
        return List.of(
                new Worse(
                        new TlsIdentity(whole.key(), List.of(whole.leaf())),
                        "the chain is incomplete: CN=Watched Authority is missing"),
                new Worse(
                        new TlsIdentity(whole.key(), List.of(whole.leaf(), namesake.certificate())),
                        "the chain is incomplete: CN=Watched Authority is missing"),
                new Worse(
                        new TlsIdentity(whole.key(), List.of(whole.leaf(), over)),
                        "the new certificate's issuer CN=Watched Authority expired at"),
                new Worse(
                        TestAuthority.selfSigned("ftp.example.com"),
                        "the certificate is self-signed, and clients refuse it"),
                new Worse(
                        AUTHORITY.issue(
                                KeyKind.EC_P256,
                                TestAuthority.YEAR,
                                builder ->
                                        builder.addExtension(
                                                Extension.extendedKeyUsage,
                                                false,
                                                new ExtendedKeyUsage(
                                                        KeyPurposeId.id_kp_clientAuth)),
                                "ftp.example.com"),
                        "the certificate is not for TLS servers"));
    }

    @ParameterizedTest
    @MethodSource("worse")
    void what_clients_refuse_does_not_take_the_place_of_what_they_take(Worse worse)
            throws Exception {
        TlsIdentity old = issue();
        TestAuthority.write(folder, "a", old);
        try (Certificates certificates = open(folder.resolve("a.pem"), folder.resolve("a.key"))) {
            TestAuthority.write(folder, "a", worse.files());
            await(() ->
                    notes.stream()
                            .anyMatch(note ->
                                    note.startsWith("ERROR certificate-not-renewed")
                                            && note.contains(worse.words())));
            assertThat(served(certificates)).isEqualTo(old.leaf().getSerialNumber());
            await(() -> state(certificates) == CertificateStatus.State.NOT_RENEWED);
            TlsIdentity good = issue();
            TestAuthority.write(folder, "a", good);
            awaitServed(certificates, good);
            await(() -> state(certificates) == CertificateStatus.State.GOOD);
        }
    }

    /// BoringSSL serves no EC key that may not sign; the JDK does.
    @Test
    void what_the_provider_does_not_serve_is_found_out_before_a_client_comes() throws Exception {
        TlsIdentity unserved =
                AUTHORITY.issue(
                        KeyKind.EC_P256,
                        TestAuthority.YEAR,
                        builder ->
                                builder.addExtension(
                                        Extension.keyUsage,
                                        true,
                                        new KeyUsage(KeyUsage.keyAgreement)),
                        "ftp.example.com");
        String words = "a.pem: the TLS provider boringssl does not serve the certificate: ";
        TestAuthority.write(folder, "a", unserved);
        assertThatThrownBy(() -> open(folder.resolve("a.pem"), folder.resolve("a.key")))
                .isInstanceOf(CertificateFault.class)
                .hasMessageStartingWith("certificates[0]: ")
                .hasMessageContaining(words)
                .hasMessageEndingWith("; it takes another certificate, or another tls.provider");
        List<CertificateConfig> configured = List.of(configured("a"));
        assertThat(Certificates.check(configured, BORINGSSL, folder, now).faults())
                .singleElement()
                .asString()
                .contains(words);
        assertThat(Certificates.check(configured, new JsseProvider(), folder, now).faults())
                .isEmpty();

        TlsIdentity old = issue();
        TestAuthority.write(folder, "a", old);
        try (Certificates certificates = open(folder.resolve("a.pem"), folder.resolve("a.key"))) {
            TestAuthority.write(folder, "a", unserved);
            await(() ->
                    notes.stream()
                            .anyMatch(note ->
                                    note.startsWith("ERROR certificate-not-renewed")
                                            && note.contains(words)));
            assertThat(served(certificates)).isEqualTo(old.leaf().getSerialNumber());
        }
    }

    /// Nothing is worse than a certificate that is over.
    @Test
    void what_was_refused_is_taken_when_the_old_one_is_over() throws Exception {
        TlsIdentity old =
                AUTHORITY.issue(KeyKind.EC_P256, Duration.ofHours(2), _ -> {}, "ftp.example.com");
        TlsIdentity bare = issue();
        TestAuthority.write(folder, "a", old);
        try (Certificates certificates = open(folder.resolve("a.pem"), folder.resolve("a.key"))) {
            TestAuthority.write(folder, "a", new TlsIdentity(bare.key(), List.of(bare.leaf())));
            await(() -> state(certificates) == CertificateStatus.State.NOT_RENEWED);
            now = now.plus(Duration.ofMinutes(2));
            assertThat(notes.stream().filter(note -> note.startsWith("ERROR certificate-not-re")))
                    .hasSize(1);
            now = now.plus(Duration.ofHours(2));
            awaitServed(certificates, bare);
        }
    }

    @Test
    void what_is_no_worse_than_what_was_there_is_taken() throws Exception {
        TlsIdentity old = issue();
        TlsIdentity next = issue();
        TestAuthority.write(folder, "a", new TlsIdentity(old.key(), List.of(old.leaf())));
        try (Certificates certificates = open(folder.resolve("a.pem"), folder.resolve("a.key"))) {
            TestAuthority.write(folder, "a", new TlsIdentity(next.key(), List.of(next.leaf())));
            awaitServed(certificates, next);
        }
    }

    @Test
    void a_certificate_whose_issuer_is_over_is_over() throws Exception {
        TlsIdentity whole = issue();
        X509Certificate over =
                AUTHORITY.certificateFrom(now.minus(Duration.ofDays(2)), Duration.ofDays(1));
        TestAuthority.write(folder, "a", new TlsIdentity(whole.key(), List.of(whole.leaf(), over)));
        try (Certificates certificates = open(folder.resolve("a.pem"), folder.resolve("a.key"))) {
            await(() -> state(certificates) == CertificateStatus.State.EXPIRED);
        }
    }

    @Test
    void a_name_that_is_gone_is_told() throws Exception {
        TestAuthority.write(folder, "a", issue());
        TlsIdentity another = AUTHORITY.issue(KeyKind.EC_P256, "other.example.com");
        try (Certificates certificates = open(folder.resolve("a.pem"), folder.resolve("a.key"))) {
            TestAuthority.write(folder, "a", another);
            awaitServed(certificates, another);
            await(() ->
                    notes.stream()
                            .anyMatch(note ->
                                    note.startsWith("WARNING certificate-doubtful")
                                            && note.contains(
                                                    "not for the name ftp.example.com; the one"
                                                            + " before it was")));
        }
    }

    @Test
    void what_is_not_valid_yet_waits_beside_what_is() throws Exception {
        TlsIdentity old = issue();
        TestAuthority.write(folder, "a", old);
        Instant later = now.plus(Duration.ofDays(2));
        TlsIdentity early =
                AUTHORITY.issue(
                        TestAuthority.newKey(KeyKind.EC_P256),
                        later,
                        TestAuthority.YEAR,
                        _ -> {},
                        "ftp.example.com");
        try (Certificates certificates = open(folder.resolve("a.pem"), folder.resolve("a.key"))) {
            TestAuthority.write(folder, "a", early);
            await(() ->
                    notes.stream()
                            .anyMatch(note ->
                                    note.startsWith("ERROR certificate-not-renewed")
                                            && note.contains("is not valid before")));
            assertThat(served(certificates)).isEqualTo(old.leaf().getSerialNumber());
            now = later.plusSeconds(1);
            awaitServed(certificates, early);
            await(() -> state(certificates) == CertificateStatus.State.GOOD);
        }
    }

    @Test
    void what_is_not_valid_yet_is_served_with_an_alarm_where_there_is_nothing_else()
            throws Exception {
        now = now.minus(Duration.ofHours(2)); // where an hour ago is to come
        TestAuthority.write(folder, "a", issue());
        try (Certificates certificates = open(folder.resolve("a.pem"), folder.resolve("a.key"))) {
            assertThat(state(certificates)).isEqualTo(CertificateStatus.State.NOT_VALID_YET);
            assertThat(notes)
                    .anyMatch(note -> note.startsWith("ERROR certificate-not-valid-yet"))
                    .anyMatch(note ->
                            note.contains("certificate's issuer CN=Watched Authority is not va"));
        }
    }

    @Test
    void that_a_renewal_keeps_another_certificate_from_everybody_is_told() throws Exception {
        TestAuthority.write(folder, "a", issue());
        TestAuthority.write(folder, "b", AUTHORITY.issue(KeyKind.RSA, "ftp.example.com"));
        try (Certificates certificates =
                open(List.of(place("certificates[0]", "a"), place("certificates[1]", "b")))) {
            assertThat(notes).isEmpty();
            TestAuthority.write(folder, "a", AUTHORITY.issue(KeyKind.RSA, "ftp.example.com"));
            await(() ->
                    notes.stream()
                            .anyMatch(note ->
                                    note.startsWith(
                                            "WARNING certificate-doubtful certificates[1]: no"
                                                    + " client gets it")));
            await(() ->
                    certificates.status().get(1).problems().stream()
                            .anyMatch(problem -> problem.startsWith("no client gets it")));
        }
    }

    private static CertificateStatus.State state(Certificates certificates) {
        return certificates.status().getFirst().state();
    }

    @Test
    void an_end_that_comes_near_is_told_at_the_start_and_each_day() throws Exception {
        TestAuthority.write(
                folder,
                "a",
                AUTHORITY.issue(
                        KeyKind.RSA, Duration.ofDays(90), builder -> {}, "ftp.example.com"));
        Instant start = Instant.now();
        now = start.plus(Duration.ofDays(70));
        try (Certificates certificates = open(folder.resolve("a.pem"), folder.resolve("a.key"))) {
            assertThat(notes)
                    .singleElement()
                    .asString()
                    .startsWith("INFO certificate-expires certificates[0]")
                    .contains("ends in 19 days");
            assertThat(certificates.status().getFirst())
                    .satisfies(status -> {
                        assertThat(status.state()).isEqualTo(CertificateStatus.State.EXPIRING);
                        assertThat(status.names()).containsExactly("ftp.example.com");
                        assertThat(status.kind()).isEqualTo(KeyKind.RSA);
                        assertThat(status.issuer()).isEqualTo("CN=Watched Authority");
                    });
            now = start.plus(Duration.ofDays(84));
            await(() -> notes.size() == 2);
            assertThat(notes.get(1)).startsWith("WARNING certificate-expires");
            now = start.plus(Duration.ofDays(91));
            await(() -> notes.size() == 3);
            assertThat(notes.get(2)).startsWith("ERROR certificate-expired");
            assertThat(certificates.status().getFirst().state())
                    .isEqualTo(CertificateStatus.State.EXPIRED);
            now = start.plus(Duration.ofDays(70)); // The clock was wrong, and is set right.
            await(() -> notes.size() == 4);
            assertThat(notes.get(3)).startsWith("INFO certificate-expires");
        }
        now = start.plus(Duration.ofDays(60));
        try (Certificates early = open(folder.resolve("a.pem"), folder.resolve("a.key"))) {
            assertThat(early.status()).hasSize(1);
            assertThat(notes).hasSize(4);
        }
    }

    @Test
    void what_stands_in_for_a_certificate_that_is_not_issued_yet_is_told() throws Exception {
        Path file = folder.resolve("acme.pem");
        SelfSignedCertificate.write(file, List.of(new CertificateName("ftp.example.com")), now);
        try (Certificates certificates = open(file, file)) {
            assertThat(certificates.status().getFirst().state())
                    .isEqualTo(CertificateStatus.State.NOT_ISSUED);
            assertThat(certificates.status().getFirst().problems())
                    .anyMatch(problem -> problem.startsWith("not issued yet by ACME"));
        }
    }

    @Test
    void the_self_signed_certificate_is_made_once_for_this_host_and_loopback() throws Exception {
        Path tls = folder.resolve("data").resolve("tls");
        Place made = SelfSignedCertificate.keptIn(tls, now);
        assertThat(SelfSignedCertificate.keptIn(tls, now)).isEqualTo(made);
        PemIdentity read = PemFiles.read(made.chain(), made.key(), Instant.now());
        assertThat(read.kind()).isEqualTo(KeyKind.EC_P256);
        assertThat(read.warnings()).isEmpty();
        X509Certificate leaf = read.identity().leaf();
        leaf.verify(leaf.getPublicKey());
        assertThat(leaf.getSubjectAlternativeNames())
                .contains(
                        List.of(2, "localhost"),
                        List.of(7, "127.0.0.1"),
                        List.of(7, "0:0:0:0:0:0:0:1"));
        assertThat(Files.getPosixFilePermissions(made.key()))
                .isEqualTo(PosixFilePermissions.fromString("rw-------"));
        assertThat(Files.getPosixFilePermissions(tls))
                .isEqualTo(PosixFilePermissions.fromString("rwx------"));
    }

    @Test
    void a_check_tells_of_faults_and_doubts_without_serving() {
        TestAuthority.write(folder, "a", issue());
        Certificates.Findings found =
                Certificates.check(
                        List.of(
                                new CertificateConfig(
                                        List.of(new CertificateName("other.example.com")),
                                        new CertificateSource.Files(
                                                folder.resolve("a.pem"), folder.resolve("a.key")),
                                        Ocsp.AUTO),
                                configured("b")),
                        BORINGSSL,
                        folder,
                        now);
        assertThat(found.faults())
                .singleElement()
                .asString()
                .contains("certificates[1]: ", "b.key cannot be read");
        assertThat(found.warnings())
                .singleElement()
                .asString()
                .contains("certificates[0]: ", "not for the name other.example.com");
    }

    @Test
    void a_key_that_everybody_can_read_is_doubted() throws IOException {
        TestAuthority.write(folder, "a", issue());
        Files.setPosixFilePermissions(
                folder.resolve("a.key"), PosixFilePermissions.fromString("rw-r--r--"));
        CertificateConfig one = configured("a");
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
        assertThat(Certificates.check(List.of(one), BORINGSSL, folder, now).warnings()).isEmpty();
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        assertThat(Certificates.check(List.of(one), BORINGSSL, folder, now).warnings())
                .singleElement()
                .asString()
                .contains("a.key: the private key is readable for every user of this machine");
    }
}
