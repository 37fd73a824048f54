package io.sealane.server.certificate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sealane.core.tls.TlsIdentity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.bouncycastle.asn1.x509.AccessDescription;
import org.bouncycastle.asn1.x509.AuthorityInformationAccess;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PemFilesTest {
    private static final TestAuthority AUTHORITY = new TestAuthority("Good");
    private static final TestAuthority OTHER = new TestAuthority("Other");
    private static final TlsIdentity EC = AUTHORITY.issue(KeyKind.EC_P256, "ftp.example.com");

    @TempDir private Path folder;

    private PemIdentity read(TlsIdentity identity, Object... chain) throws CertificateFault {
        return PemFiles.read(
                TestAuthority.write(folder.resolve("chain.pem"), chain),
                TestAuthority.write(folder.resolve("key.pem"), identity.key()),
                Instant.now());
    }

    @Test
    void a_shuffled_bundle_is_sent_leaf_first_and_without_what_is_not_part_of_it()
            throws CertificateFault {
        PemIdentity read =
                read(EC, OTHER.certificate(), AUTHORITY.root(), AUTHORITY.certificate(), EC.leaf());
        assertThat(read.identity().chain())
                .containsExactly(EC.leaf(), AUTHORITY.certificate(), AUTHORITY.root());
        assertThat(read.warnings())
                .singleElement()
                .asString()
                .contains("CN=Other Authority is no issuer of the certificate and not sent");
    }

    /// An authority that was made anew has the old one's name and another key.
    @Test
    void an_issuer_is_told_from_its_namesake() throws CertificateFault {
        TestAuthority namesake = new TestAuthority("Good");
        assertThat(read(EC, EC.leaf(), namesake.certificate(), AUTHORITY.certificate()))
                .satisfies(read ->
                        assertThat(read.identity().chain())
                                .containsExactly(EC.leaf(), AUTHORITY.certificate()));
    }

    /// A bundle to which the renewed ones were added.
    @Test
    void of_several_for_one_key_those_are_sent_that_are_valid() throws CertificateFault {
        Instant past = Instant.now().minus(Duration.ofDays(30));
        Instant future = Instant.now().plus(Duration.ofDays(30));
        Duration week = Duration.ofDays(7);
        KeyPair pair = TestAuthority.newKey(KeyKind.EC_P256);
        List<TlsIdentity> leaves =
                Stream.of(past, Instant.now().minusSeconds(10), future)
                        .map(begin -> AUTHORITY.issue(pair, begin, week, _ -> {}, "a.example.com"))
                        .toList();
        PemIdentity read =
                read(
                        leaves.getFirst(),
                        leaves.get(0).leaf(),
                        AUTHORITY.certificateFrom(past, week),
                        leaves.get(2).leaf(),
                        AUTHORITY.certificateFrom(future, week),
                        leaves.get(1).leaf(),
                        AUTHORITY.certificate());
        assertThat(read.identity().chain())
                .containsExactly(leaves.get(1).leaf(), AUTHORITY.certificate());
        assertThat(read.warnings())
                .hasSize(4)
                .allMatch(warning -> warning.contains(" is there again, until "));
    }

    @Test
    void a_byte_order_mark_hides_nothing() throws Exception {
        TestAuthority.write(folder, "a", EC);
        for (String name : List.of("a.pem", "a.key")) {
            Path file = folder.resolve(name);
            Files.writeString(file, "\uFEFF" + Files.readString(file));
        }
        assertThat(
                        PemFiles.read(
                                        folder.resolve("a.pem"),
                                        folder.resolve("a.key"),
                                        Instant.now())
                                .identity()
                                .chain())
                .isEqualTo(EC.chain());
    }

    /// One file for key, chain and parameters, as other servers have it.
    @Test
    void what_is_of_no_concern_is_passed_over() throws Exception {
        TestAuthority.write(folder, "a", EC);
        String parameters =
                """
                -----BEGIN DH PARAMETERS-----
                MAYCAQcCAQM=
                -----END DH PARAMETERS-----
                """;
        Path bundle = folder.resolve("bundle.pem");
        Files.writeString(
                bundle,
                parameters
                        + Files.readString(folder.resolve("a.key"))
                        + parameters
                        + Files.readString(folder.resolve("a.pem"))
                        + parameters.replace("DH", "X9.42 DH"));
        assertThat(PemFiles.read(bundle, bundle, Instant.now()).identity().chain())
                .isEqualTo(EC.chain());
    }

    @Test
    void a_chain_without_the_issuer_is_called_incomplete() throws CertificateFault {
        assertThat(read(EC, EC.leaf()).warnings())
                .singleElement()
                .asString()
                .contains("the chain is incomplete: CN=Good Authority is missing");
        assertThat(read(EC, EC.leaf(), AUTHORITY.certificate()).warnings()).isEmpty();
    }

    @Test
    void a_chain_whose_last_certificate_tells_of_one_more_is_called_incomplete()
            throws CertificateFault {
        TlsIdentity tells =
                AUTHORITY.issue(
                        KeyKind.EC_P256,
                        TestAuthority.YEAR,
                        builder ->
                                builder.addExtension(
                                        Extension.authorityInfoAccess,
                                        false,
                                        new AuthorityInformationAccess(
                                                AccessDescription.id_ad_caIssuers,
                                                new GeneralName(
                                                        GeneralName.uniformResourceIdentifier,
                                                        "http://ca.example.com/ca.der"))),
                        "a.example.com");
        ChainOrder order = ChainOrder.of(EC.leaf(), List.of(), Instant.now());
        assertThat(order.isIncomplete()).isTrue();
        assertThat(new ChainOrder(List.of(EC.leaf(), tells.leaf()), List.of()))
                .matches(ChainOrder::isIncomplete);
        assertThat(new ChainOrder(List.of(EC.leaf(), EC.leaf()), List.of()))
                .matches(two -> !two.isIncomplete());
    }

    @Test
    void a_certificate_that_is_not_for_servers_is_served_with_a_warning() throws CertificateFault {
        TlsIdentity signsOnly =
                AUTHORITY.issue(
                        KeyKind.RSA,
                        TestAuthority.YEAR,
                        builder ->
                                builder.addExtension(
                                        Extension.keyUsage,
                                        true,
                                        new KeyUsage(KeyUsage.keyCertSign)),
                        "a.example.com");
        assertThat(read(signsOnly, signsOnly.chain().toArray()).warnings())
                .singleElement()
                .asString()
                .contains("not for TLS servers");
    }

    @Test
    void a_key_of_another_certificate_is_refused_by_the_names_of_the_files() {
        TlsIdentity other = AUTHORITY.issue(KeyKind.EC_P256, "b.example.com");
        assertThatThrownBy(() -> read(other, EC.chain().toArray()))
                .isInstanceOf(CertificateFault.class)
                .hasMessageContainingAll("key.pem belongs to no certificate in ", "chain.pem");
    }

    @Test
    void half_written_files_are_faults_and_no_defects() throws IOException {
        TestAuthority.write(folder, "whole", EC);
        for (String name : List.of("whole.pem", "whole.key")) {
            byte[] whole = Files.readAllBytes(folder.resolve(name));
            for (int length = 0; length < whole.length * 3 / 4; length += 7) {
                Files.write(folder.resolve("half"), Arrays.copyOf(whole, length));
                boolean isKey = name.endsWith(".key");
                Path chain = folder.resolve(isKey ? "whole.pem" : "half");
                Path key = folder.resolve(isKey ? "half" : "whole.key");
                try {
                    // The leaf may be whole already, and its issuer not.
                    assertThat(PemFiles.read(chain, key, Instant.now()).identity().leaf())
                            .isEqualTo(EC.leaf());
                } catch (CertificateFault fault) {
                    assertThat(fault).hasMessageContaining("half");
                }
            }
        }
    }

    @Test
    void a_file_without_end_is_not_read_to_it() throws IOException {
        assertThatThrownBy(() ->
                        PemFiles.read(Path.of("/dev/zero"), Path.of("/dev/zero"), Instant.now()))
                .isInstanceOf(CertificateFault.class)
                .hasMessageContaining("it is no file");
        Path endless =
                Files.write(folder.resolve("endless"), new byte[PemFiles.FILE_BYTES_MAX + 1]);
        assertThatThrownBy(() -> PemFiles.read(endless, endless, Instant.now()))
                .isInstanceOf(CertificateFault.class)
                .hasMessageContaining("longer than");
    }

    @Test
    void kinds_of_key_are_told_apart() throws CertificateFault {
        for (KeyKind kind : KeyKind.values()) {
            TlsIdentity identity = AUTHORITY.issue(kind, "a.example.com");
            assertThat(read(identity, identity.chain().toArray()).kind()).isEqualTo(kind);
        }
    }
}
