package io.sealane.server.certificate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sealane.core.tls.ClientTrust;
import io.sealane.testkit.TestAuthority;
import io.sealane.testkit.TestAuthority.Spec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.cert.X509CRL;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ClientTrustFilesTest {
    private static final TestAuthority ROOT = TestAuthority.root("CN=Root");
    private static final TestAuthority NEXT = TestAuthority.root("CN=Next");

    @TempDir private Path folder;
    private Path roots = Path.of("");
    private Path list = Path.of("");
    private long nanos;
    private int changes;
    private final List<String> notes = new ArrayList<>();

    @BeforeEach
    void write() {
        roots = folder.resolve("roots.pem");
        list = folder.resolve("list.crl");
        ROOT.writeCertificate(roots);
        TestAuthority.writeList(list, ROOT.revocations());
    }

    private ClientTrustFiles open() throws CertificateFault {
        return ClientTrustFiles.open(
                roots,
                List.of(list),
                InstantSource.system(),
                () -> nanos,
                (level, event, message) -> notes.add(level + " " + event + " " + message));
    }

    private ClientTrust later(ClientTrustFiles files) {
        nanos += Duration.ofSeconds(1).toNanos();
        return files.current();
    }

    /// Two writes within one tick of the file system's clock would look the same.
    private void touch(Path file) throws IOException {
        changes++;
        Files.setLastModifiedTime(file, FileTime.from(Instant.now().plusSeconds(changes)));
    }

    @Test
    void what_the_files_say_is_what_counts() throws CertificateFault {
        ClientTrust trust = open().current();
        assertThat(trust.anchors()).containsExactly(ROOT.certificate());
        assertThat(trust.revocationLists()).hasSize(1);
        assertThat(notes).isEmpty();
    }

    @Test
    void a_changed_file_counts_within_a_second() throws Exception {
        ClientTrustFiles files = open();
        ClientTrust before = files.current();
        X509CRL newer = ROOT.revocations(ROOT.issue(Spec.of("CN=gone")).certificate());
        TestAuthority.writeList(list, newer);
        touch(list);
        assertThat(files.current()).isSameAs(before);
        assertThat(later(files).revocationLists()).containsExactly(newer);
        NEXT.writeCertificate(roots);
        touch(roots);
        assertThat(later(files).anchors()).containsExactly(NEXT.certificate());
        assertThat(later(files)).isSameAs(files.current());
        assertThat(notes).hasSize(2).allMatch(note -> note.startsWith("INFO client-trust-read "));
    }

    @Test
    void a_file_that_is_gone_or_broken_changes_nothing_and_is_told_once() throws Exception {
        ClientTrustFiles files = open();
        ClientTrust before = files.current();
        Files.delete(list);
        assertThat(later(files)).isSameAs(before);
        assertThat(later(files)).isSameAs(before);
        assertThat(notes)
                .singleElement()
                .asString()
                .startsWith("WARNING client-trust-not-read ")
                .contains("list.crl cannot be read: there is no such file");
        Files.writeString(list, "-----BEGIN X509 CRL-----\nMII");
        assertThat(later(files)).isSameAs(before);
        TestAuthority.writeList(list, ROOT.revocations());
        touch(list);
        assertThat(later(files)).isNotSameAs(before);
    }

    @Test
    void the_same_loss_is_told_again_where_the_file_was_back_meanwhile() throws Exception {
        ClientTrustFiles files = open();
        Path away = list.resolveSibling("away");
        for (int losses = 1; losses <= 2; losses++) {
            Files.move(list, away);
            later(files);
            assertThat(notes)
                    .filteredOn(note -> note.startsWith("WARNING client-trust-not-read "))
                    .hasSize(losses);
            Files.move(away, list);
            later(files);
        }
    }

    @Test
    void a_list_that_should_have_been_renewed_is_worth_a_warning() throws CertificateFault {
        Instant now = Instant.now();
        TestAuthority.writeList(
                list,
                ROOT.revocations(now.minus(Duration.ofDays(9)), now.minus(Duration.ofDays(2))));
        assertThat(open().current().revocationLists()).hasSize(1);
        assertThat(notes)
                .singleElement()
                .asString()
                .startsWith("WARNING client-crl-expired ")
                .contains("list.crl: the list of CN=Root");
    }

    @Test
    void one_that_has_been_renewed_in_another_file_is_not() throws CertificateFault {
        Instant now = Instant.now();
        Path older = folder.resolve("older.crl");
        TestAuthority.writeList(
                older,
                ROOT.revocations(now.minus(Duration.ofDays(9)), now.minus(Duration.ofDays(2))));
        ClientTrustFiles files =
                ClientTrustFiles.open(
                        roots,
                        List.of(older, list),
                        InstantSource.system(),
                        (level, event, message) -> notes.add(event));
        assertThat(files.current().revocationLists()).hasSize(2);
        assertThat(notes).isEmpty();
    }

    @Test
    void der_is_read_as_well() throws Exception {
        Files.write(list, ROOT.revocations().getEncoded());
        Files.write(roots, ROOT.certificate().getEncoded());
        assertThat(open().current().revocationLists()).hasSize(1);
    }

    @Test
    void what_is_missing_or_empty_at_the_start_is_a_failure_that_names_the_file() throws Exception {
        Files.writeString(list, "");
        assertThatThrownBy(this::open)
                .isInstanceOf(CertificateFault.class)
                .hasMessageContaining("no revocation list in " + list);
        Files.delete(roots);
        assertThatThrownBy(this::open)
                .isInstanceOf(CertificateFault.class)
                .hasMessageContaining("roots.pem cannot be read: there is no such file");
    }

    @Test
    void a_bundle_of_hundreds_is_refused() throws Exception {
        String one = Files.readString(roots);
        Files.writeString(roots, one.repeat(ClientTrust.ANCHORS_MAX + 1));
        assertThatThrownBy(this::open)
                .isInstanceOf(CertificateFault.class)
                .hasMessageContaining("has 65 certificates; allowed: 1 to 64");
    }
}
