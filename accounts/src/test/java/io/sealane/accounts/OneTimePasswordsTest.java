package io.sealane.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealane.accounts.AuthResult.Accepted;
import io.sealane.accounts.AuthResult.Reason;
import io.sealane.accounts.AuthResult.Refused;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Logins that take a one-time password beside the password.
@Timeout(30)
final class OneTimePasswordsTest {
    private static final UserName ALICE = new UserName("alice");
    private static final TotpKey KEY = TotpKey.of(new byte[TotpKey.OCTETS]);
    private static final Duration GRACE = Duration.ofMinutes(15);
    private static final InetAddress HERE = InetAddress.ofLiteral("192.0.2.1");
    private static final InetAddress THERE = InetAddress.ofLiteral("192.0.2.2");

    private final MemoryAccountStore accounts = new MemoryAccountStore();
    private final ManualNanoTime time = new ManualNanoTime();
    private final CountingPasswordHash hash = CountingPasswordHash.open();
    private Instant now = Instant.ofEpochSecond(1_700_000_000);
    private StoredAccountAuthenticator authenticator = authenticator(GRACE);

    @BeforeEach
    void add_alice() throws AccountException {
        accounts.add(stored("alice").with(KEY));
        accounts.add(stored("bob"));
    }

    @AfterEach
    void close() {
        authenticator.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"right%s", "%s;right"})
    void it_stands_behind_the_password_or_in_front_of_it(String form) {
        assertThat(login("right")).isEqualTo(new Refused(Reason.ONE_TIME_PASSWORD_MISSING));
        assertThat(login("wrong")).isEqualTo(new Refused(Reason.BAD_SECRET));
        assertThat(login(form.formatted(code(3))))
                .as("of another time")
                .isEqualTo(new Refused(Reason.ONE_TIME_PASSWORD_WRONG));
        assertThat(login(form.replace("right", "wrong").formatted(code(0))))
                .isEqualTo(new Refused(Reason.BAD_SECRET));
        assertThat(login(form.formatted(code(0)))).isInstanceOf(Accepted.class);
    }

    @Test
    void a_password_with_digits_at_its_end_and_in_front_is_told_from_it() throws AccountException {
        accounts.setPassword(ALICE, CountingPasswordHash.hashOf("123456;987654"));

        for (int tries = 0; tries < OneTimePasswords.WRONG_MAX; tries++) {
            assertThat(login("123456;987654" + code(100 + tries), THERE))
                    .isEqualTo(new Refused(Reason.ONE_TIME_PASSWORD_WRONG));
        }
        assertThat(login("123456;987654" + code(0), THERE))
                .isEqualTo(new Refused(Reason.ONE_TIME_PASSWORD_GUESSED));
        pass(OneTimePasswords.WRONG_KEPT);
        assertThat(login("123456;987654" + code(0))).isInstanceOf(Accepted.class);
        assertThat(login("123456;987654")).as("again, in the grace").isInstanceOf(Accepted.class);
        pass(GRACE);
        assertThat(login(code(0) + ";123456;987654")).isInstanceOf(Accepted.class);
    }

    @Test
    void it_counts_once() {
        String used = code(0);
        assertThat(login("right" + used, HERE)).isInstanceOf(Accepted.class);
        assertThat(login("right" + used, THERE))
                .isEqualTo(new Refused(Reason.ONE_TIME_PASSWORD_USED));
        assertThat(login("right" + code(-1), THERE))
                .as("nor does an older one")
                .isEqualTo(new Refused(Reason.ONE_TIME_PASSWORD_USED));
        assertThat(login("right" + code(1), THERE)).isInstanceOf(Accepted.class);
    }

    @Test
    void who_has_not_the_password_uses_none_up() {
        assertThat(login("wrong" + code(0), THERE)).isEqualTo(new Refused(Reason.BAD_SECRET));
        assertThat(login("right" + code(0))).isInstanceOf(Accepted.class);
    }

    @Test
    void an_address_comes_again_without_another_for_a_while() {
        String first = code(0);
        assertThat(due(HERE)).isTrue();
        assertThat(login("right" + first)).isInstanceOf(Accepted.class);

        pass(GRACE.minusSeconds(1));
        assertThat(due(HERE)).isFalse();
        assertThat(due(THERE)).isTrue();
        assertThat(login("right")).isInstanceOf(Accepted.class);
        assertThat(login("right" + first)).as("as it was typed").isInstanceOf(Accepted.class);
        assertThat(login(first + ";right"))
                .as("as FileZilla keeps it")
                .isInstanceOf(Accepted.class);
        assertThat(login("wrong")).isEqualTo(new Refused(Reason.BAD_SECRET));
        assertThat(login("right", THERE)).isEqualTo(new Refused(Reason.ONE_TIME_PASSWORD_MISSING));

        pass(Duration.ofSeconds(1));
        assertThat(due(HERE)).isTrue();
        assertThat(login("right")).isEqualTo(new Refused(Reason.ONE_TIME_PASSWORD_MISSING));
    }

    @Test
    void without_grace_each_login_takes_its_own() {
        authenticator.close();
        authenticator = authenticator(Duration.ZERO);

        assertThat(login("right" + code(0))).isInstanceOf(Accepted.class);
        assertThat(due(HERE)).isTrue();
        assertThat(login("right")).isEqualTo(new Refused(Reason.ONE_TIME_PASSWORD_MISSING));
        assertThat(login("right" + code(0))).isEqualTo(new Refused(Reason.ONE_TIME_PASSWORD_USED));
    }

    @Test
    void a_new_key_ends_what_the_old_one_opened() throws AccountException {
        assertThat(login("right" + code(0))).isInstanceOf(Accepted.class);

        TotpKey other = TotpKey.of(new byte[TotpKey.OCTETS_MIN + 1]);
        accounts.setTotpKey(ALICE, other);
        assertThat(due(HERE)).isTrue();
        assertThat(login("right")).isEqualTo(new Refused(Reason.ONE_TIME_PASSWORD_MISSING));
        assertThat(login("right" + other.passwordOf(TotpKey.stepOf(now))))
                .isInstanceOf(Accepted.class);
    }

    @Test
    void guessing_ends_after_a_few_tries_for_a_while() {
        for (int tries = 0; tries < OneTimePasswords.WRONG_MAX; tries++) {
            assertThat(login("right" + code(100 + tries)))
                    .isEqualTo(new Refused(Reason.ONE_TIME_PASSWORD_WRONG));
        }
        assertThat(login("right" + code(0)))
                .isEqualTo(new Refused(Reason.ONE_TIME_PASSWORD_GUESSED));
        pass(OneTimePasswords.WRONG_KEPT);
        assertThat(login("right" + code(0))).isInstanceOf(Accepted.class);
    }

    @Test
    void a_client_that_repeats_what_it_has_stored_does_not_shut_its_user_out() {
        String stored = "right" + code(0);
        assertThat(login(stored)).isInstanceOf(Accepted.class);
        pass(GRACE.plus(GRACE));
        for (int tries = 0; tries < 10 * OneTimePasswords.WRONG_MAX; tries++) {
            assertThat(login(stored)).isEqualTo(new Refused(Reason.ONE_TIME_PASSWORD_WRONG));
        }
        assertThat(login("right" + code(0))).isInstanceOf(Accepted.class);
    }

    @Test
    void another_password_or_key_ends_what_guessing_has_shut() throws AccountException {
        guess("right");
        accounts.setPassword(ALICE, CountingPasswordHash.hashOf("other"));
        assertThat(login("other" + code(0))).isInstanceOf(Accepted.class);

        pass(GRACE);
        guess("other");
        TotpKey key = TotpKey.of(new byte[TotpKey.OCTETS_MIN + 1]);
        accounts.setTotpKey(ALICE, key);
        assertThat(login("other" + key.passwordOf(TotpKey.stepOf(now))))
                .isInstanceOf(Accepted.class);
    }

    private void guess(String password) {
        for (int tries = 0; tries < OneTimePasswords.WRONG_MAX; tries++) {
            login(password + code(100 + tries));
        }
        assertThat(login(password + code(0)))
                .isEqualTo(new Refused(Reason.ONE_TIME_PASSWORD_GUESSED));
    }

    @Test
    void two_programs_at_one_address_may_have_one_each() {
        String first = "right" + code(-1);
        String second = "right" + code(0);
        assertThat(login(first)).isInstanceOf(Accepted.class);
        assertThat(login(second)).isInstanceOf(Accepted.class);
        pass(Duration.ofMinutes(2));
        assertThat(login(first)).isInstanceOf(Accepted.class);
        assertThat(login(second)).isInstanceOf(Accepted.class);
        assertThat(login("right" + code(0)))
                .as("a new one, which is used up though it is not needed")
                .isInstanceOf(Accepted.class);
        assertThat(login("right" + code(0), THERE))
                .isEqualTo(new Refused(Reason.ONE_TIME_PASSWORD_USED));
    }

    /// Else a quick refusal would tell that the password was right.
    @Test
    void a_refused_attempt_costs_a_hash_however_often_it_comes() {
        assertThat(login("right" + code(0), THERE)).isInstanceOf(Accepted.class);
        int before = hash.count();
        for (int round = 0; round < 3; round++) {
            login("right");
            login("wrong");
            login("right" + code(9));
            login("wrong" + code(0));
        }
        assertThat(hash.count() - before).isEqualTo(12);
    }

    @Test
    void in_the_grace_a_password_costs_one_hash_in_all() {
        assertThat(login("right" + code(0))).isInstanceOf(Accepted.class);
        login("right");
        int before = hash.count();
        for (int round = 0; round < 3; round++) {
            assertThat(login("right")).isInstanceOf(Accepted.class);
        }
        assertThat(hash.count()).isEqualTo(before);
    }

    @Test
    void accounts_without_are_asked_for_none() throws AccountException {
        assertThat(authenticator.asksForOneTimePassword("bob", HERE)).isFalse();
        assertThat(authenticator.asksForOneTimePassword("nobody", HERE)).isFalse();
        assertThat(authenticator.asksForOneTimePassword("../x", HERE)).isFalse();
        assertThat(authenticator.authenticate("bob", Secret.of("right"), HERE))
                .isInstanceOf(Accepted.class);
        assertThat(authenticator.hasOneTimePasswords()).isTrue();

        accounts.disable(ALICE);
        assertThat(due(HERE)).isFalse();
        assertThat(authenticator.hasOneTimePasswords()).isFalse();
    }

    private boolean due(InetAddress from) {
        return authenticator.asksForOneTimePassword("alice", from);
    }

    private String code(int stepsAway) {
        return KEY.passwordOf(TotpKey.stepOf(now) + stepsAway);
    }

    private void pass(Duration duration) {
        time.advance(duration);
        now = now.plus(duration);
    }

    private AuthResult login(String sent) {
        return login(sent, HERE);
    }

    private AuthResult login(String sent, InetAddress from) {
        try (Secret secret = Secret.of(sent)) {
            return authenticator.authenticate("alice", secret, from);
        }
    }

    private StoredAccountAuthenticator authenticator(Duration grace) {
        return new StoredAccountAuthenticator(
                accounts,
                CountingPasswordHash.DECOY,
                new CredentialCache(
                        hash,
                        new VerificationLimits(1, 16, 100, Duration.ofMinutes(5)),
                        new SecretKeySpec(new byte[32], "HmacSHA256"),
                        time),
                new OneTimePasswords(accounts, grace, () -> now, time));
    }

    private static StoredAccount stored(String name) {
        return new StoredAccount(
                new Account(new UserName(name), true, Optional.empty()),
                CountingPasswordHash.hashOf("right"));
    }
}
