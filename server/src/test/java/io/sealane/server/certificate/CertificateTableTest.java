package io.sealane.server.certificate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sealane.config.CertificateName;
import io.sealane.core.tls.TlsException;
import io.sealane.core.tls.TlsIdentity;
import io.sealane.core.tls.TlsVersion;
import io.sealane.core.wire.ClientHello;
import io.sealane.server.certificate.CertificateTable.Row;
import io.sealane.server.certificate.CertificateTable.UnknownName;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CertificateTableTest {
    private static final TestAuthority AUTHORITY = new TestAuthority("Table");
    private static final Row A_RSA = row("a-rsa", KeyKind.RSA, "a.example.com", "shared.org");
    private static final Row A_EC = row("a-ec", KeyKind.EC_P256, "a.example.com", "*.a.org");
    private static final Row B_EC = row("b-ec", KeyKind.EC_P384, "B.example.com");
    private static final Row WILD = row("wild", KeyKind.RSA, "*.example.com");
    private static final List<Row> ROWS = List.of(A_RSA, A_EC, B_EC, WILD);

    private static final Set<TlsVersion> BOTH = Set.of(TlsVersion.TLS_1_2, TlsVersion.TLS_1_3);
    private static final List<Integer> ECDSA = List.of(0x0403, 0x0503, 0x0804);
    private static final List<Integer> RSA_ALONE = List.of(0x0804, 0x0401);

    private static Row row(String label, KeyKind kind, String... names) {
        return new Row(
                label,
                Arrays.stream(names)
                        .map(name -> CertificateName.parse(name).orElseThrow())
                        .toList(),
                AUTHORITY.issue(kind, names),
                kind);
    }

    private static ClientHello tls13(Optional<String> name, List<Integer> schemes) {
        return new ClientHello(
                List.of(0x0304, 0x0303),
                List.of(0x1301, 0xC02F),
                List.of(29, 23),
                List.of(29),
                schemes,
                name,
                List.of(),
                Set.of());
    }

    private static ClientHello tls12(List<Integer> suites, List<Integer> groups) {
        return new ClientHello(
                List.of(0x0303),
                suites,
                groups,
                List.of(),
                ECDSA,
                Optional.of("a.example.com"),
                List.of(),
                Set.of());
    }

    private static String chosen(ClientHello hello, Set<TlsVersion> versions) throws TlsException {
        TlsIdentity identity =
                new CertificateTable(ROWS, UnknownName.DEFAULT_CERTIFICATE)
                        .choose(Optional.of(hello), versions);
        return ROWS.stream()
                .filter(row -> row.identity().equals(identity))
                .map(Row::label)
                .findFirst()
                .orElseThrow();
    }

    @ParameterizedTest
    @CsvSource({
        // name, of a client that understands ECDSA, of one that does not
        "a.example.com, a-ec, a-rsa",
        "A.Example.COM., a-ec, a-rsa",
        "shared.org, a-rsa, a-rsa",
        "x.a.org, a-ec, a-ec",
        "y.x.a.org, a-ec, a-rsa",
        "b.example.com, b-ec, b-ec",
        "c.example.com, wild, wild",
        "example.com, a-ec, a-rsa",
        "unknown.net, a-ec, a-rsa",
        "192.0.2.1, a-ec, a-rsa",
        "::1, a-ec, a-rsa",
        "'', a-ec, a-rsa",
        "*.example.com, a-ec, a-rsa",
    })
    void a_client_gets_the_certificate_of_its_name_that_it_understands(
            String name, String byEcdsa, String byRsa) throws TlsException {
        assertThat(chosen(tls13(Optional.of(name), ECDSA), BOTH)).isEqualTo(byEcdsa);
        assertThat(chosen(tls13(Optional.of(name), RSA_ALONE), BOTH)).isEqualTo(byRsa);
    }

    @Test
    void a_client_without_a_name_gets_the_default() throws TlsException {
        assertThat(chosen(tls13(Optional.empty(), ECDSA), BOTH)).isEqualTo("a-ec");
        assertThat(chosen(tls13(Optional.empty(), RSA_ALONE), BOTH)).isEqualTo("a-rsa");
        assertThat(new CertificateTable(ROWS, UnknownName.REFUSAL).choose(Optional.empty(), BOTH))
                .isSameAs(A_RSA.identity());
    }

    /// What TLS 1.2 needs is in the cipher suites and groups as well.
    @Test
    void a_tls_1_2_client_gets_ecdsa_if_its_suites_and_groups_have_it() throws TlsException {
        List<Integer> p256 = List.of(29, 23);
        assertThat(chosen(tls12(List.of(0xC02B, 0xC02F), p256), BOTH)).isEqualTo("a-ec");
        assertThat(chosen(tls12(List.of(0xC02F, 0xC030), p256), BOTH)).isEqualTo("a-rsa");
        assertThat(chosen(tls12(List.of(0xC02B, 0xC02F), List.of(29)), BOTH)).isEqualTo("a-rsa");
        // Served TLS 1.2 alone, this client negotiates it, and its one suite there is for RSA.
        assertThat(chosen(tls13(Optional.of("a.example.com"), ECDSA), Set.of(TlsVersion.TLS_1_2)))
                .isEqualTo("a-rsa");
    }

    /// Suites of old devices decide only where a client has no others.
    @Test
    void a_client_that_knows_ecdsa_with_cbc_alone_gets_ecdsa() throws TlsException {
        int ecdsaWithCbc = 0xC009;
        int renegotiationInfo = 0x00FF;
        List<Integer> p256 = List.of(23);
        assertThat(chosen(tls12(List.of(ecdsaWithCbc, renegotiationInfo), p256), BOTH))
                .isEqualTo("a-ec");
        assertThat(chosen(tls12(List.of(ecdsaWithCbc, 0xC013), p256), BOTH)).isEqualTo("a-rsa");
        assertThat(chosen(tls12(List.of(ecdsaWithCbc, 0xC02F), p256), BOTH)).isEqualTo("a-rsa");
        // Of several curves one that it knows; without any, what the operator put first.
        Row p384 = row("p384", KeyKind.EC_P384, "a.example.com");
        CertificateTable table =
                new CertificateTable(List.of(p384, A_RSA, A_EC), UnknownName.DEFAULT_CERTIFICATE);
        assertThat(table.choose(Optional.of(tls12(List.of(ecdsaWithCbc), p256)), BOTH))
                .isSameAs(A_EC.identity());
        assertThat(table.choose(Optional.of(tls12(List.of(0x0001), p256)), BOTH))
                .isSameAs(p384.identity());
    }

    @Test
    void where_unknown_names_are_refused_missing_names_and_addresses_are_not() throws TlsException {
        CertificateTable strict = new CertificateTable(ROWS, UnknownName.REFUSAL);
        for (Optional<String> name :
                List.of(
                        Optional.<String>empty(),
                        Optional.of("::1"),
                        Optional.of("192.0.2.1"),
                        Optional.of("a.example.com"))) {
            assertThat(strict.choose(Optional.of(tls13(name, ECDSA)), BOTH))
                    .isSameAs(A_EC.identity());
        }
        assertThatThrownBy(() ->
                        strict.choose(Optional.of(tls13(Optional.of("unknown.net"), ECDSA)), BOTH))
                .isInstanceOf(TlsException.class)
                .hasMessage("no certificate for unknown.net");
    }

    @Test
    void a_second_certificate_of_a_kind_and_name_is_warned_of() {
        Row again = row("again", KeyKind.EC_P256, "a.example.com");
        assertThat(
                        new CertificateTable(List.of(A_RSA, A_EC, again), UnknownName.REFUSAL)
                                .unused("again"))
                .containsExactly(
                        "no client gets it for the name a.example.com, which a-ec has with"
                                + " the same kind of key (EC P-256)");
    }
}
