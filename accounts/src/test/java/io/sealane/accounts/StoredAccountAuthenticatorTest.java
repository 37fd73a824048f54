package io.sealane.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealane.accounts.AuthResult.Accepted;
import io.sealane.accounts.AuthResult.Reason;
import io.sealane.accounts.AuthResult.Refused;
import io.sealane.accounts.Authenticator.TlsDemands;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
final class StoredAccountAuthenticatorTest {
    private static final UserName ALICE = new UserName("alice");
    private static final VerificationLimits LIMITS =
            new VerificationLimits(2, 16, 100, Duration.ofMinutes(5));
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final MemoryAccountStore accounts = new MemoryAccountStore();
    private final ManualNanoTime time = new ManualNanoTime();
    private final List<AutoCloseable> opened = new ArrayList<>();

    @BeforeEach
    void add_alice() throws AccountException {
        accounts.add(stored("alice", "right"));
    }

    @AfterEach
    void close_what_was_opened() throws Exception {
        for (AutoCloseable resource : opened) {
            resource.close();
        }
    }

    @Test
    void demands_are_told_of_those_who_may_enter_and_of_some_other() throws AccountException {
        accounts.add(stored("bob", "right"));
        accounts.add(stored("carol", "right"));
        accounts.setTlsDemands(ALICE, "control=required");
        accounts.setTlsDemands(new UserName("carol"), "data=required");
        accounts.disable(new UserName("carol"));
        StoredAccountAuthenticator authenticator = authenticator(CountingPasswordHash.open());

        assertThat(authenticator.tlsDemands("alice"))
                .contains(
                        new TlsDemands(
                                Optional.of("control=required"), List.of("control=required")));
        assertThat(authenticator.tlsDemands("bob"))
                .contains(new TlsDemands(Optional.of(""), List.of("control=required")));
        for (String nobodys : List.of("carol", "nobody", "../x", "")) {
            assertThat(authenticator.tlsDemands(nobodys))
                    .as(nobodys)
                    .contains(new TlsDemands(Optional.empty(), List.of("control=required")));
        }
    }

    @Test
    void the_right_password_is_accepted_with_the_account() throws AccountException {
        Path home = Path.of("/srv/alice").toAbsolutePath();
        accounts.setHome(ALICE, home);

        assertThat(login(authenticator(CountingPasswordHash.open()), "alice", "right"))
                .isEqualTo(new Accepted(new Account(ALICE, true, Optional.of(home))));
    }

    @Test
    void unknown_wrong_and_disabled_are_refused_after_one_hash_each() throws AccountException {
        accounts.add(stored("disabled", "right"));
        accounts.disable(new UserName("disabled"));
        CountingPasswordHash hash = CountingPasswordHash.open();
        StoredAccountAuthenticator authenticator = authenticator(hash);

        assertThat(login(authenticator, "alice", "wrong"))
                .isEqualTo(new Refused(Reason.BAD_SECRET));
        assertThat(hash.count()).isEqualTo(1);
        assertThat(login(authenticator, "nobody", "right"))
                .isEqualTo(new Refused(Reason.UNKNOWN_USER));
        assertThat(hash.count()).isEqualTo(2);
        assertThat(login(authenticator, "disabled", "right"))
                .isEqualTo(new Refused(Reason.DISABLED));
        assertThat(hash.count()).isEqualTo(3);
        assertThat(login(authenticator, "disabled", "wrong"))
                .isEqualTo(new Refused(Reason.DISABLED));
        assertThat(hash.count()).isEqualTo(4);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "../etc/passwd", "a\r\nb", "\ud83d", "not a name"})
    void a_text_that_is_no_name_costs_a_hash_as_an_unknown_name_does(String text) {
        CountingPasswordHash hash = CountingPasswordHash.open();

        assertThat(login(authenticator(hash), text, "right"))
                .isEqualTo(new Refused(Reason.UNKNOWN_USER));
        assertThat(hash.verified()).containsExactly(CountingPasswordHash.DECOY);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "!", "*", "!plain:7269676874"})
    void an_account_without_a_password_costs_a_hash_and_is_refused(String none)
            throws AccountException {
        accounts.setPassword(ALICE, none);
        CountingPasswordHash hash = CountingPasswordHash.open();

        assertThat(login(authenticator(hash), "alice", "right"))
                .isEqualTo(new Refused(Reason.BAD_SECRET));
        assertThat(hash.verified()).containsExactly(CountingPasswordHash.DECOY);
    }

    @Test
    void a_disabled_account_is_refused_at_the_same_cost_each_time() throws AccountException {
        CountingPasswordHash hash = CountingPasswordHash.open();
        StoredAccountAuthenticator authenticator = authenticator(hash);
        login(authenticator, "alice", "right");
        accounts.disable(ALICE);

        login(authenticator, "alice", "right");
        login(authenticator, "alice", "right");

        assertThat(hash.count()).isEqualTo(3);
    }

    @Test
    void who_has_proven_the_name_enters_without_a_hash_unless_the_account_is_disabled()
            throws AccountException {
        CountingPasswordHash hash = CountingPasswordHash.open();
        StoredAccountAuthenticator authenticator = authenticator(hash);
        accounts.setPassword(ALICE, "!");

        assertThat(authorize(authenticator, "alice"))
                .isEqualTo(new Accepted(new Account(ALICE, true, Optional.empty())));
        accounts.disable(ALICE);
        assertThat(authorize(authenticator, "alice")).isEqualTo(new Refused(Reason.DISABLED));
        assertThat(authorize(authenticator, "nobody")).isEqualTo(new Refused(Reason.UNKNOWN_USER));
        assertThat(authorize(authenticator, "not a name"))
                .isEqualTo(new Refused(Reason.UNKNOWN_USER));
        assertThat(hash.count()).isZero();
    }

    @Test
    void who_has_proven_the_name_does_not_enter_while_the_store_is_out_of_reach() {
        CountingPasswordHash hash = CountingPasswordHash.open();
        StoredAccountAuthenticator authenticator =
                new StoredAccountAuthenticator(
                        new BrokenAccountStore(),
                        hash.decoy(),
                        credentials(hash, LIMITS),
                        oneTimePasswords(new BrokenAccountStore()));
        opened.add(authenticator);
        assertThat(authorize(authenticator, "alice")).isEqualTo(new Refused(Reason.UNAVAILABLE));
    }

    /// As an embedder may write one.
    @Test
    void an_authenticator_of_passwords_alone_lets_nobody_in_without() {
        Authenticator passwords =
                (name, _, _) ->
                        new Accepted(new Account(new UserName(name), true, Optional.empty()));
        assertThat(authorize(passwords, "alice")).isInstanceOf(Refused.class);
    }

    @Test
    void ten_parallel_logins_with_one_credential_cost_one_hash() {
        CountingPasswordHash hash = CountingPasswordHash.open();
        StoredAccountAuthenticator authenticator = authenticator(hash);

        List<FutureTask<AuthResult>> logins =
                IntStream.range(0, 10)
                        .mapToObj(_ -> start(() -> login(authenticator, "alice", "right")))
                        .toList();

        assertThat(logins).allSatisfy(l -> assertThat(result(l)).isInstanceOf(Accepted.class));
        assertThat(hash.count()).isEqualTo(1);
    }

    @Test
    void ten_parallel_guesses_of_one_password_are_joined_but_not_remembered() {
        CountingPasswordHash hash = CountingPasswordHash.heldUp();
        CredentialCache credentials = credentials(hash, LIMITS);
        StoredAccountAuthenticator authenticator = authenticator(credentials);

        List<FutureTask<AuthResult>> logins =
                IntStream.range(0, 10)
                        .mapToObj(_ -> start(() -> login(authenticator, "alice", "wrong")))
                        .toList();
        until(() -> credentials.waiting() == 10);
        hash.proceed();

        assertThat(logins)
                .allSatisfy(l -> assertThat(result(l)).isEqualTo(new Refused(Reason.BAD_SECRET)));
        assertThat(hash.count()).isEqualTo(1);
        login(authenticator, "alice", "wrong");
        assertThat(hash.count()).isEqualTo(2);
        assertThat(credentials.waiting()).isZero();
    }

    @Test
    void two_users_with_one_password_share_nothing() throws AccountException {
        accounts.add(stored("bob", "right"));
        CountingPasswordHash hash = CountingPasswordHash.open();
        StoredAccountAuthenticator authenticator = authenticator(hash);

        login(authenticator, "alice", "right");
        login(authenticator, "bob", "right");

        assertThat(hash.count()).isEqualTo(2);
    }

    @Test
    void a_verified_credential_is_hashed_again_after_its_time() {
        CountingPasswordHash hash = CountingPasswordHash.open();
        StoredAccountAuthenticator authenticator = authenticator(hash);
        login(authenticator, "alice", "right");
        time.advance(LIMITS.verifiedFor().minusNanos(1));
        login(authenticator, "alice", "right");
        assertThat(hash.count()).isEqualTo(1);

        time.advance(Duration.ofNanos(1));
        login(authenticator, "alice", "right");

        assertThat(hash.count()).isEqualTo(2);
    }

    @Test
    void a_changed_password_counts_at_once() throws AccountException {
        StoredAccountAuthenticator authenticator = authenticator(CountingPasswordHash.open());
        assertThat(login(authenticator, "alice", "right")).isInstanceOf(Accepted.class);

        accounts.setPassword(ALICE, CountingPasswordHash.hashOf("new"));

        assertThat(login(authenticator, "alice", "right"))
                .isEqualTo(new Refused(Reason.BAD_SECRET));
        assertThat(login(authenticator, "alice", "new")).isInstanceOf(Accepted.class);
    }

    @Test
    void disabling_and_removing_count_at_once() throws AccountException {
        StoredAccountAuthenticator authenticator = authenticator(CountingPasswordHash.open());
        login(authenticator, "alice", "right");

        accounts.disable(ALICE);
        assertThat(login(authenticator, "alice", "right")).isEqualTo(new Refused(Reason.DISABLED));
        accounts.enable(ALICE);
        assertThat(login(authenticator, "alice", "right")).isInstanceOf(Accepted.class);
        accounts.remove(ALICE);
        assertThat(login(authenticator, "alice", "right"))
                .isEqualTo(new Refused(Reason.UNKNOWN_USER));
    }

    @Test
    void a_store_out_of_reach_is_not_the_clients_fault() {
        CountingPasswordHash hash = CountingPasswordHash.open();
        StoredAccountAuthenticator authenticator =
                new StoredAccountAuthenticator(
                        new BrokenAccountStore(),
                        hash.decoy(),
                        credentials(hash, LIMITS),
                        oneTimePasswords(new BrokenAccountStore()));

        try (RecordingLog log = RecordingLog.of(StoredAccountAuthenticator.class)) {
            assertThat(login(authenticator, "alice", "right"))
                    .isEqualTo(new Refused(Reason.UNAVAILABLE));
            assertThat(log.lines())
                    .containsExactly(
                            "WARNING accounts=unavailable reason=UNAVAILABLE"
                                    + " cause=as the test wants it");
        }
    }

    @Test
    void hashes_run_on_named_daemon_platform_threads_of_a_bounded_number() {
        CountingPasswordHash hash = CountingPasswordHash.heldUp();
        CredentialCache credentials = credentials(hash, LIMITS);
        StoredAccountAuthenticator authenticator = authenticator(credentials);

        List<FutureTask<AuthResult>> logins =
                IntStream.range(0, 8)
                        .mapToObj(n -> start(() -> login(authenticator, "alice", "guess" + n)))
                        .toList();
        until(() -> credentials.waiting() == 8 && hash.count() == 2);
        hash.proceed();
        logins.forEach(StoredAccountAuthenticatorTest::result);

        assertThat(hash.threads().stream().distinct())
                .hasSize(2)
                .allSatisfy(thread -> {
                    assertThat(thread.isVirtual()).isFalse();
                    assertThat(thread.isDaemon()).isTrue();
                    assertThat(thread.getName()).startsWith("password-hash-");
                });
    }

    @Test
    void a_full_queue_refuses_further_logins_but_joins_those_already_in_it() {
        CountingPasswordHash hash = CountingPasswordHash.heldUp();
        CredentialCache credentials =
                credentials(hash, new VerificationLimits(1, 1, 10, Duration.ofMinutes(5)));
        StoredAccountAuthenticator authenticator = authenticator(credentials);
        FutureTask<AuthResult> running = start(() -> login(authenticator, "alice", "right"));
        until(() -> hash.count() == 1);
        FutureTask<AuthResult> queued = start(() -> login(authenticator, "alice", "wrong"));
        until(() -> credentials.queued() == 1);

        assertThat(login(authenticator, "alice", "third"))
                .isEqualTo(new Refused(Reason.OVERLOADED));
        assertThat(login(authenticator, "nobody", "third"))
                .isEqualTo(new Refused(Reason.OVERLOADED));
        FutureTask<AuthResult> joined = start(() -> login(authenticator, "alice", "right"));
        until(() -> credentials.waiting() == 3);
        hash.proceed();

        assertThat(result(running)).isInstanceOf(Accepted.class);
        assertThat(result(joined)).isInstanceOf(Accepted.class);
        assertThat(result(queued)).isEqualTo(new Refused(Reason.BAD_SECRET));
        assertThat(hash.count()).isEqualTo(2);
    }

    /// Security: or a few addresses could keep everybody from logging in.
    @Test
    void whoever_guesses_much_gives_way_to_who_does_not() throws Exception {
        CountingPasswordHash hash = CountingPasswordHash.heldUp();
        CredentialCache credentials =
                credentials(hash, new VerificationLimits(1, 4, 10, Duration.ofMinutes(5)));
        StoredAccountAuthenticator authenticator = authenticator(credentials);
        FutureTask<AuthResult> running =
                start(() -> loginFrom("2001:db8::1", authenticator, "guess"));
        until(() -> hash.count() == 1);
        List<FutureTask<AuthResult>> guesses =
                IntStream.range(0, 4)
                        .mapToObj(n ->
                                start(() ->
                                        loginFrom("2001:db8::" + n, authenticator, "guess" + n)))
                        .toList();
        until(() -> credentials.queued() == 4);

        FutureTask<AuthResult> other = start(() -> loginFrom("192.0.2.1", authenticator, "right"));
        until(() -> credentials.waiting() == 5 && guesses.stream().anyMatch(FutureTask::isDone));
        hash.proceed();

        assertThat(result(other)).isInstanceOf(Accepted.class);
        assertThat(result(running)).isEqualTo(new Refused(Reason.BAD_SECRET));
        assertThat(guesses.stream().map(StoredAccountAuthenticatorTest::result))
                .containsOnlyOnce(new Refused(Reason.OVERLOADED))
                .contains(new Refused(Reason.BAD_SECRET));
    }

    private static AuthResult loginFrom(
            String address, Authenticator authenticator, String password) {
        try (Secret secret = Secret.of(password)) {
            return authenticator.authenticate("alice", secret, InetAddress.ofLiteral(address));
        }
    }

    @Test
    void whoever_gives_up_and_wipes_their_secret_does_not_spoil_it_for_those_who_wait() {
        CountingPasswordHash hash = CountingPasswordHash.heldUp();
        CredentialCache credentials = credentials(hash, LIMITS);
        StoredAccountAuthenticator authenticator = authenticator(credentials);
        FutureTask<AuthResult> gaveUp =
                new FutureTask<>(() -> {
                    AuthResult refused = login(authenticator, "alice", "right");
                    assertThat(Thread.currentThread().isInterrupted()).isTrue();
                    return refused;
                });
        Thread first = Thread.ofVirtual().start(gaveUp);
        until(() -> hash.count() == 1);
        FutureTask<AuthResult> waits = start(() -> login(authenticator, "alice", "right"));
        until(() -> credentials.waiting() == 2);

        first.interrupt();
        assertThat(result(gaveUp)).isEqualTo(new Refused(Reason.INTERRUPTED));
        hash.proceed();

        assertThat(result(waits)).isInstanceOf(Accepted.class);
        assertThat(hash.count()).isEqualTo(1);
    }

    @Test
    void a_defect_of_the_hash_function_ends_the_login_and_not_the_server() throws AccountException {
        accounts.add(
                new StoredAccount(
                        new Account(new UserName("cursed"), true, Optional.empty()), "defect"));
        StoredAccountAuthenticator authenticator = authenticator(CountingPasswordHash.open());

        try (RecordingLog log = RecordingLog.of(HashThreads.class)) {
            for (int round = 1; round <= 3; round++) {
                int logged = round;
                assertThat(login(authenticator, "cursed", "right"))
                        .isEqualTo(new Refused(Reason.UNAVAILABLE));
                until(() -> log.lines().size() == logged); // the thread logs as it ends
            }
            assertThat(log.lines())
                    .allSatisfy(line -> assertThat(line).endsWith("password-hash=failed"));
        }
        assertThat(login(authenticator, "alice", "right")).isInstanceOf(Accepted.class);
    }

    @Test
    void closing_turns_away_who_waits_in_the_queue_and_who_comes_later() {
        CountingPasswordHash hash = CountingPasswordHash.heldUp();
        CredentialCache credentials =
                credentials(hash, new VerificationLimits(1, 4, 10, Duration.ofMinutes(5)));
        StoredAccountAuthenticator authenticator = authenticator(credentials);
        FutureTask<AuthResult> running = start(() -> login(authenticator, "alice", "right"));
        until(() -> hash.count() == 1);
        FutureTask<AuthResult> queued = start(() -> login(authenticator, "alice", "wrong"));
        until(() -> credentials.waiting() == 2);

        authenticator.close();
        authenticator.close();

        assertThat(result(queued)).isEqualTo(new Refused(Reason.UNAVAILABLE));
        assertThat(login(authenticator, "alice", "late"))
                .isEqualTo(new Refused(Reason.UNAVAILABLE));
        hash.proceed();
        assertThat(result(running)).isInstanceOf(Accepted.class);
        assertThat(login(authenticator, "alice", "right"))
                .isEqualTo(new Refused(Reason.UNAVAILABLE));
    }

    @Test
    void the_public_constructor_makes_a_working_authenticator() {
        try (StoredAccountAuthenticator authenticator =
                new StoredAccountAuthenticator(
                        accounts, CountingPasswordHash.open(), LIMITS, Duration.ZERO)) {
            assertThat(login(authenticator, "alice", "right")).isInstanceOf(Accepted.class);
            assertThat(login(authenticator, "alice", "wrong")).isInstanceOf(Refused.class);
        }
    }

    private StoredAccountAuthenticator authenticator(PasswordHash hash) {
        return authenticator(credentials(hash, LIMITS));
    }

    private StoredAccountAuthenticator authenticator(CredentialCache credentials) {
        return new StoredAccountAuthenticator(
                accounts, CountingPasswordHash.DECOY, credentials, oneTimePasswords(accounts));
    }

    private OneTimePasswords oneTimePasswords(AccountStore store) {
        return new OneTimePasswords(store, Duration.ofMinutes(15), () -> Instant.EPOCH, time);
    }

    private CredentialCache credentials(PasswordHash hash, VerificationLimits limits) {
        CredentialCache credentials =
                new CredentialCache(
                        hash, limits, new SecretKeySpec(new byte[32], "HmacSHA256"), time);
        opened.add(credentials);
        return credentials;
    }

    private static StoredAccount stored(String name, String password) {
        return new StoredAccount(
                new Account(new UserName(name), true, Optional.empty()),
                CountingPasswordHash.hashOf(password));
    }

    private static AuthResult authorize(Authenticator authenticator, String name) {
        return authenticator.authorize(name, InetAddress.getLoopbackAddress());
    }

    private static AuthResult login(Authenticator authenticator, String name, String password) {
        try (Secret secret = Secret.of(password)) {
            return authenticator.authenticate(name, secret, InetAddress.getLoopbackAddress());
        }
    }

    private static FutureTask<AuthResult> start(Callable<AuthResult> login) {
        FutureTask<AuthResult> task = new FutureTask<>(login);
        Thread.ofVirtual().start(task);
        return task;
    }

    private static AuthResult result(FutureTask<AuthResult> login) {
        try {
            return login.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            throw new AssertionError("no result", e);
        }
    }

    private static void until(BooleanSupplier condition) {
        long began = System.nanoTime();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime() - began).isLessThan(PATIENCE.toNanos());
            Thread.onSpinWait();
        }
    }
}
