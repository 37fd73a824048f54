package io.sealane.core.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sealane.core.tls.CertificateLogin.Password;
import io.sealane.core.tls.ClientIdentity.Claim;
import io.sealane.testkit.TestAuthority;
import io.sealane.testkit.TestAuthority.Spec;
import org.junit.jupiter.api.Test;

final class ClientIdentityTest {
    private static final TestAuthority ROOT = TestAuthority.root("CN=Root");

    private static ClientIdentity identity(Spec spec, CertificateNames names, Password password) {
        return ClientIdentity.of(
                ROOT.issue(spec).certificate(), new CertificateLogin(names, password));
    }

    private static ClientIdentity named(String subject) {
        return identity(Spec.of(subject), CertificateNames.SUBJECT_CN, Password.NOT_NEEDED);
    }

    @Test
    void the_common_name_is_the_user() {
        assertThat(named("CN=alice,OU=People,O=Test").users()).containsExactly("alice");
        assertThat(named("CN=O\\, Reilly \\\"x\\\",O=Test").users())
                .containsExactly("O, Reilly \"x\"");
        assertThat(named("O=Test").users()).isEmpty();
    }

    @Test
    void several_common_names_are_nobody() {
        assertThat(named("CN=alice,CN=bob").users()).isEmpty();
        assertThat(named("CN=alice+CN=bob,O=Test").users()).isEmpty();
        assertThat(named("CN=alice+OU=People,O=Test").users()).containsExactly("alice");
    }

    @Test
    void alternative_names_are_users_each() {
        Spec spec = Spec.of("CN=alice").emails("a@example.com", "b@example.com").dnsNames("host-1");
        assertThat(identity(spec, CertificateNames.SAN_EMAIL, Password.REQUIRED).users())
                .containsExactly("a@example.com", "b@example.com");
        assertThat(identity(spec, CertificateNames.SAN_DNS, Password.REQUIRED).users())
                .containsExactly("host-1");
        assertThat(
                        identity(Spec.of("CN=alice"), CertificateNames.SAN_EMAIL, Password.REQUIRED)
                                .users())
                .isEmpty();
    }

    @Test
    void a_claim_is_proven_by_the_name_alone_where_no_password_is_needed() {
        ClientIdentity alice = named("CN=alice");
        assertThat(alice.claim("alice")).isEqualTo(Claim.PROVEN);
        for (String other : new String[] {"bob", "Alice", "alice ", ""}) {
            assertThat(alice.claim(other)).isEqualTo(Claim.OF_ANOTHER);
        }
    }

    @Test
    void a_password_that_is_required_does_not_make_another_user_of_it() {
        ClientIdentity alice =
                identity(Spec.of("CN=alice"), CertificateNames.SUBJECT_CN, Password.REQUIRED);
        assertThat(alice.claim("alice")).isEqualTo(Claim.PASSWORD_DECIDES);
        assertThat(alice.claim("bob")).isEqualTo(Claim.OF_ANOTHER);
    }

    @Test
    void a_certificate_that_names_nobody_admits_and_no_more() {
        ClientIdentity alice =
                identity(Spec.of("CN=alice"), CertificateNames.NONE, Password.REQUIRED);
        assertThat(alice.claim("bob")).isEqualTo(Claim.PASSWORD_DECIDES);
        assertThatThrownBy(() -> new CertificateLogin(CertificateNames.NONE, Password.NOT_NEEDED))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void the_subject_is_clean_and_the_fingerprint_that_of_openssl() {
        ClientIdentity odd = named("CN=a\nlice");
        assertThat(odd.subject()).isEqualTo("CN=a?lice");
        assertThat(odd.fingerprint()).matches("[0-9a-f]{64}");
    }
}
