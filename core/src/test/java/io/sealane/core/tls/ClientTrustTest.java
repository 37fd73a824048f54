package io.sealane.core.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.sealane.core.tls.ClientCertificateException.Reason;
import io.sealane.testkit.TestAuthority;
import io.sealane.testkit.TestAuthority.Scope;
import io.sealane.testkit.TestAuthority.Spec;
import io.sealane.testkit.TestCertificate;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;

final class ClientTrustTest {
    private static final TestAuthority ROOT = TestAuthority.root("CN=Root,O=Test");
    private static final TestAuthority BELOW = ROOT.authority("CN=Below,O=Test");

    private final Instant now = Instant.now();

    private ClientTrust trust(X509CRL... lists) {
        return new ClientTrust(
                List.of(ROOT.certificate()), List.of(lists), InstantSource.fixed(now));
    }

    private static void good(ClientTrust trust, TestCertificate client) {
        assertThatCode(() -> trust.check(client.chain())).doesNotThrowAnyException();
    }

    private static void refused(ClientTrust trust, TestCertificate client, Reason reason) {
        ClientCertificateException refusal =
                catchThrowableOfType(
                        ClientCertificateException.class, () -> trust.check(client.chain()));
        assertThat(refusal).isNotNull();
        assertThat(refusal.reason()).isEqualTo(reason);
        assertThat(refusal).hasMessageStartingWith(reason.code() + ": CN=alice");
    }

    @Test
    void what_the_root_or_an_authority_below_it_issued_is_good() {
        good(trust(), ROOT.issue(Spec.of("CN=alice")));
        good(trust(), BELOW.issue(Spec.of("CN=alice")));
    }

    /// Authorities that could all have issued one another would make a path of every order of them.
    @Test
    @Timeout(value = 30, threadMode = ThreadMode.SEPARATE_THREAD)
    void a_chain_may_not_be_a_maze() {
        assertThat(reason(TestAuthority.maze(Spec.of("CN=alice"), ClientTrust.ISSUERS_MAX)))
                .isEqualTo(Reason.UNTRUSTED);
        assertThat(reason(TestAuthority.maze(Spec.of("CN=alice"), 30)))
                .isEqualTo(Reason.CHAIN_TOO_LONG);
    }

    private Reason reason(List<X509Certificate> chain) {
        return catchThrowableOfType(ClientCertificateException.class, () -> trust().check(chain))
                .reason();
    }

    @Test
    void the_order_of_the_chain_behind_the_leaf_does_not_matter() {
        TestAuthority deep = BELOW.authority("CN=Deep");
        List<X509Certificate> chain = deep.issue(Spec.of("CN=alice")).chain();
        assertThat(chain).hasSize(3);
        assertThatCode(() -> trust().check(List.of(chain.get(0), chain.get(2), chain.get(1))))
                .doesNotThrowAnyException();
    }

    @Test
    void what_another_root_issued_is_not_even_if_its_name_is_the_same() {
        TestAuthority other = TestAuthority.root("CN=Root,O=Test");
        refused(trust(), other.issue(Spec.of("CN=alice")), Reason.UNTRUSTED);
    }

    @Test
    void a_client_is_no_authority() {
        TestCertificate mallory = ROOT.issue(Spec.of("CN=mallory"));
        X509Certificate forged =
                TestAuthority.root("CN=mallory").issue(Spec.of("CN=alice")).chain().getFirst();
        TestCertificate client = ROOT.issue(Spec.of("CN=alice"));
        assertThat(
                        catchThrowableOfType(
                                ClientCertificateException.class,
                                () -> trust().check(List.of(forged, mallory.certificate()))))
                .extracting(ClientCertificateException::reason)
                .isEqualTo(Reason.UNTRUSTED);
        good(trust(), client);
    }

    @Test
    void its_time_has_to_have_come_and_not_to_be_over() {
        Spec alice = Spec.of("CN=alice");
        Instant day = now.minus(Duration.ofDays(1));
        refused(trust(), ROOT.issue(alice.valid(day, now.minusSeconds(5))), Reason.EXPIRED);
        refused(
                trust(),
                ROOT.issue(alice.valid(now.plusSeconds(60), now.plusSeconds(600))),
                Reason.NOT_YET_VALID);
    }

    @Test
    void it_has_to_be_for_clients_or_for_anything() {
        Spec alice = Spec.of("CN=alice");
        refused(trust(), ROOT.issue(alice.uses(Spec.SERVER_AUTH)), Reason.WRONG_USE);
        good(trust(), ROOT.issue(alice.uses(Spec.SERVER_AUTH, Spec.CLIENT_AUTH)));
        good(trust(), ROOT.issue(alice.uses("2.5.29.37.0")));
        good(trust(), ROOT.issue(alice.forAnyUse()));
    }

    @Test
    void an_authority_may_not_sign_handshakes() {
        TestAuthority alice = ROOT.authority("CN=alice");
        assertThat(
                        catchThrowableOfType(
                                ClientCertificateException.class,
                                () -> trust().check(List.of(alice.certificate()))))
                .extracting(ClientCertificateException::reason)
                .isEqualTo(Reason.WRONG_USE);
    }

    @Test
    void what_is_on_its_issuers_list_is_revoked() {
        TestCertificate alice = ROOT.issue(Spec.of("CN=alice"));
        TestCertificate other = ROOT.issue(Spec.of("CN=bob"));
        refused(trust(ROOT.revocations(alice.certificate())), alice, Reason.REVOKED);
        good(trust(ROOT.revocations(alice.certificate())), other);
    }

    @Test
    void the_whole_path_is_looked_up() {
        TestCertificate alice = BELOW.issue(Spec.of("CN=alice"));
        good(trust(ROOT.revocations(), BELOW.revocations()), alice);
        refused(
                trust(ROOT.revocations(BELOW.certificate()), BELOW.revocations()),
                alice,
                Reason.REVOKED);
        refused(trust(BELOW.revocations()), alice, Reason.CRL_MISSING);
        refused(trust(ROOT.revocations()), alice, Reason.CRL_MISSING);
    }

    @Test
    void a_list_that_should_have_been_renewed_is_no_list() {
        TestCertificate alice = ROOT.issue(Spec.of("CN=alice"));
        X509CRL stale =
                ROOT.revocations(now.minus(Duration.ofDays(2)), now.minus(Duration.ofDays(1)));
        refused(trust(stale), alice, Reason.CRL_EXPIRED);
        good(trust(stale, ROOT.revocations()), alice);
    }

    /// Authorities publish a list before the last one ends, at once if a key was stolen.
    @RepeatedTest(20) // The JDK takes one of several by the order of a hash set.
    void of_several_lists_the_newest_counts() {
        TestCertificate alice = BELOW.issue(Spec.of("CN=alice"));
        Instant older = now.minus(Duration.ofDays(2));
        Instant newer = now.minus(Duration.ofMinutes(1));
        Instant soon = now.plus(Duration.ofHours(1));
        Instant late = now.plus(Duration.ofDays(30));
        X509CRL root = ROOT.revocations();
        X509CRL before = BELOW.revocations(older, late);
        X509CRL withAlice = BELOW.revocations(newer, soon, alice.certificate());
        refused(trust(root, before, withAlice), alice, Reason.REVOKED);
        refused(trust(root, withAlice, before), alice, Reason.REVOKED);

        X509CRL onHold = BELOW.revocations(older, late, alice.certificate());
        X509CRL released = BELOW.revocations(newer, soon);
        good(trust(root, onHold, released), alice);

        X509CRL ofTheSameSecond = BELOW.revocations(newer, late);
        refused(trust(root, ofTheSameSecond, withAlice), alice, Reason.REVOKED);

        X509CRL over = BELOW.revocations(newer, now.minusSeconds(1));
        good(trust(root, before, over), alice); // The quarter of an hour for clocks.
        X509CRL longOver =
                BELOW.revocations(now.minus(Duration.ofDays(1)), now.minus(Duration.ofHours(1)));
        refused(trust(root, before, longOver), alice, Reason.CRL_EXPIRED);
    }

    /// Made in advance, say, by an authority that is not connected to anything.
    @Test
    void a_list_from_the_future_does_not_count_yet() {
        TestCertificate alice = ROOT.issue(Spec.of("CN=alice"));
        Instant year = now.plus(Duration.ofDays(365));
        X509CRL next = ROOT.revocations(now.plus(Duration.ofHours(1)), year, alice.certificate());
        good(trust(ROOT.revocations(), next), alice);
        refused(trust(next), alice, Reason.CRL_MISSING);
        X509CRL byAFastClock =
                ROOT.revocations(now.plus(Duration.ofMinutes(14)), year, alice.certificate());
        refused(trust(ROOT.revocations(), byAFastClock), alice, Reason.REVOKED);
    }

    @Test
    void lists_for_some_certificates_stand_beside_those_for_all() {
        TestCertificate alice = ROOT.issue(Spec.of("CN=alice"));
        Instant older = now.minus(Duration.ofDays(2));
        Instant newer = now.minus(Duration.ofMinutes(1));
        Instant late = now.plus(Duration.ofDays(30));
        X509CRL ofClients = ROOT.revocations(Scope.CLIENTS_ONLY, older, late, alice.certificate());
        refused(trust(ofClients), alice, Reason.REVOKED);
        refused(trust(ofClients, ROOT.revocations(newer, late)), alice, Reason.REVOKED);
        good(trust(ofClients, ROOT.revocations(Scope.CLIENTS_ONLY, newer, late)), alice);
    }

    @Test
    void delta_lists_are_passed_over() {
        TestCertificate alice = ROOT.issue(Spec.of("CN=alice"));
        Instant newer = now.minus(Duration.ofMinutes(1));
        Instant late = now.plus(Duration.ofDays(30));
        X509CRL delta = ROOT.revocations(Scope.DELTA, newer, late, alice.certificate());
        good(trust(ROOT.revocations(), delta), alice);
        refused(trust(delta), alice, Reason.CRL_MISSING);
    }

    @Test
    void what_should_have_been_renewed_is_told_unless_it_was() {
        X509CRL over = ROOT.revocations(now.minus(Duration.ofDays(2)), now.minusSeconds(1));
        X509CRL next = ROOT.revocations(now.plus(Duration.ofDays(1)), now.plus(Duration.ofDays(2)));
        X509CRL ofClients =
                ROOT.revocations(
                        Scope.CLIENTS_ONLY,
                        now.minus(Duration.ofDays(1)),
                        now.plus(Duration.ofDays(1)));
        assertThat(trust(over, next, ofClients).overdueLists()).containsExactly(over);
        assertThat(trust(over, ROOT.revocations()).overdueLists()).isEmpty();
    }

    @Test
    void an_older_list_by_an_authoritys_other_key_counts_for_that_key() {
        TestAuthority renewed = TestAuthority.root("CN=Root,O=Test");
        TestCertificate alice = ROOT.issue(Spec.of("CN=alice"));
        X509CRL byOldKey =
                ROOT.revocations(
                        now.minus(Duration.ofDays(1)),
                        now.plus(Duration.ofDays(1)),
                        alice.certificate());
        ClientTrust both =
                new ClientTrust(
                        List.of(ROOT.certificate(), renewed.certificate()),
                        List.of(byOldKey, renewed.revocations()),
                        InstantSource.fixed(now));
        refused(both, alice, Reason.REVOKED);
        good(both, ROOT.issue(Spec.of("CN=bob")));
        good(both, renewed.issue(Spec.of("CN=carol")));
    }

    @Test
    void a_list_that_the_issuer_did_not_sign_is_no_list() {
        TestCertificate alice = ROOT.issue(Spec.of("CN=alice"));
        refused(
                trust(TestAuthority.root("CN=Root,O=Test").revocations()),
                alice,
                Reason.CRL_MISSING);
    }

    @Test
    void the_number_of_anchors_is_bounded() {
        List<X509Certificate> many =
                IntStream.rangeClosed(0, ClientTrust.ANCHORS_MAX)
                        .mapToObj(_ -> ROOT.certificate())
                        .toList();
        for (List<X509Certificate> anchors : List.of(many, List.<X509Certificate>of())) {
            assertThatCode(() -> new ClientTrust(anchors, List.of(), InstantSource.fixed(now)))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }
}
