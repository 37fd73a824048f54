package io.sealane.accounts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.sealane.accounts.Account.SecondFactor;
import io.sealane.accounts.AccountException.Reason;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/// What every [AccountStore] keeps. A store's test extends this and hands over an empty store,
/// which it closes itself.
public abstract class AccountStoreContract {
    private static final TotpKey KEY = TotpKey.of(new byte[TotpKey.OCTETS]);
    private static final TotpKey OTHER_KEY = TotpKey.of(new byte[TotpKey.OCTETS_MIN]);
    protected static final UserName ALICE = new UserName("alice");
    protected static final UserName BOB = new UserName("bob");
    private static final Path HOME = Path.of("/srv/ftp/alice").toAbsolutePath();

    /// The same empty store throughout one test.
    protected abstract AccountStore store();

    @Test
    public void an_account_that_was_added_is_found_as_it_was() throws AccountException {
        StoredAccount added =
                new StoredAccount(new Account(ALICE, true, Optional.of(HOME)), "$hash$1");
        store().add(added);

        assertThat(store().find(ALICE)).contains(added);
    }

    @Test
    public void a_disabled_account_without_a_home_is_found_as_it_was() throws AccountException {
        StoredAccount added =
                new StoredAccount(
                        new Account(
                                ALICE,
                                false,
                                Optional.empty(),
                                "data=required",
                                Account.newNumber()),
                        "!");
        store().add(added);

        assertThat(store().find(ALICE)).contains(added);
    }

    @Test
    public void demands_are_kept_until_others_take_their_place() throws AccountException {
        Account account = enabled(ALICE).account().withTlsDemands("data=required");
        store().add(new StoredAccount(account, "$hash$1"));
        store().disable(ALICE);
        store().enable(ALICE);

        assertThat(store().find(ALICE).orElseThrow().account()).isEqualTo(account);
        assertThat(store().firstPage()).containsExactly(account);
        store().setTlsDemands(ALICE, "");
        assertThat(store().find(ALICE).orElseThrow().account().tlsDemands()).isEmpty();
    }

    @Test
    public void all_demands_are_those_of_who_has_any_and_may_enter_each_once()
            throws AccountException {
        store().add(enabled(ALICE));
        assertThat(store().allTlsDemands()).isEmpty();
        store().add(enabled(BOB));
        store().setTlsDemands(BOB, "control=required");
        assertThat(store().allTlsDemands()).containsExactly("control=required");
        store().setTlsDemands(ALICE, "control=required");
        assertThat(store().allTlsDemands()).containsExactly("control=required");
        store().setTlsDemands(ALICE, "data=required");
        assertThat(store().allTlsDemands())
                .containsExactlyInAnyOrder("control=required", "data=required");
        store().disable(ALICE);
        assertThat(store().allTlsDemands()).containsExactly("control=required");
    }

    @Test
    public void an_unknown_name_is_found_nowhere() throws AccountException {
        store().add(enabled(ALICE));

        assertThat(store().find(BOB)).isEmpty();
    }

    @Test
    public void names_differ_by_case() throws AccountException {
        store().add(enabled(ALICE));

        assertThat(store().find(new UserName("Alice"))).isEmpty();
    }

    @Test
    public void a_second_account_of_one_name_is_refused_and_the_first_stays()
            throws AccountException {
        store().add(enabled(ALICE));

        assertRefused(
                Reason.ALREADY_EXISTS,
                () ->
                        store().add(
                                        new StoredAccount(
                                                new Account(ALICE, false, Optional.empty()),
                                                "$other")));
        assertThat(store().find(ALICE)).contains(enabled(ALICE));
    }

    @Test
    public void a_password_is_replaced_and_nothing_else() throws AccountException {
        store().add(new StoredAccount(new Account(ALICE, false, Optional.of(HOME)), "$hash$1"));
        store().add(enabled(BOB));

        store().setPassword(ALICE, "$hash$2");

        assertThat(store().find(ALICE))
                .contains(
                        new StoredAccount(new Account(ALICE, false, Optional.of(HOME)), "$hash$2"));
        assertThat(store().find(BOB)).contains(enabled(BOB));
    }

    @Test
    public void an_account_is_disabled_and_enabled_again() throws AccountException {
        store().add(enabled(ALICE));
        store().add(enabled(BOB));

        store().disable(ALICE);
        store().disable(ALICE);
        assertThat(found(ALICE).enabled()).isFalse();
        assertThat(found(BOB).enabled()).isTrue();

        store().enable(ALICE);
        store().enable(ALICE);
        assertThat(store().find(ALICE)).contains(enabled(ALICE));
    }

    @Test
    public void a_home_is_set_and_cleared() throws AccountException {
        store().add(enabled(ALICE));

        store().setHome(ALICE, HOME);
        assertThat(found(ALICE).home()).contains(HOME);

        store().clearHome(ALICE);
        assertThat(store().find(ALICE)).contains(enabled(ALICE));
    }

    @Test
    public void a_relative_home_is_kept_as_an_absolute_one() throws AccountException {
        Path relative = Path.of("ftp", "alice");
        store().add(new StoredAccount(new Account(ALICE, true, Optional.of(relative)), "$h"));
        store().add(enabled(BOB));
        store().setHome(BOB, relative);

        assertThat(found(ALICE).home()).contains(relative.toAbsolutePath());
        assertThat(found(BOB).home()).contains(relative.toAbsolutePath());
    }

    @Test
    public void a_key_of_one_time_passwords_is_set_and_cleared() throws AccountException {
        assertThat(store().hasTotpKeys()).isFalse();
        store().add(enabled(ALICE));
        store().add(enabled(BOB).with(OTHER_KEY));

        store().setTotpKey(ALICE, KEY);
        assertThat(store().find(ALICE)).contains(enabled(ALICE).with(KEY));
        assertThat(found(ALICE).secondFactor()).isEqualTo(SecondFactor.ONE_TIME_PASSWORD);
        assertThat(store().find(BOB)).contains(enabled(BOB).with(OTHER_KEY));
        assertThat(store().firstPage())
                .extracting(Account::secondFactor)
                .containsOnly(SecondFactor.ONE_TIME_PASSWORD);

        store().setPassword(ALICE, "$other");
        store().disable(ALICE);
        store().disable(BOB);
        assertThat(store().find(ALICE).orElseThrow().totpKey()).contains(KEY);
        assertThat(store().hasTotpKeys()).as("of those who may enter").isFalse();
        store().enable(ALICE);
        assertThat(store().hasTotpKeys()).isTrue();

        store().clearTotpKey(ALICE);
        assertThat(store().find(ALICE).orElseThrow().totpKey()).isEmpty();
        assertThat(found(ALICE).secondFactor()).isEqualTo(SecondFactor.NONE);
        assertThat(store().hasTotpKeys()).isFalse();
    }

    @Test
    public void a_time_step_is_used_once_and_none_before_it() throws AccountException {
        store().add(enabled(ALICE).with(KEY));
        store().add(enabled(BOB).with(KEY));

        assertThat(store().useTimeStep(ALICE, 7)).isTrue();
        assertThat(store().useTimeStep(ALICE, 7)).isFalse();
        assertThat(store().useTimeStep(ALICE, 6)).isFalse();
        assertThat(store().useTimeStep(ALICE, 8)).isTrue();
        assertThat(store().useTimeStep(BOB, 7)).as("each account has its own").isTrue();

        store().setTotpKey(ALICE, KEY);
        assertThat(store().useTimeStep(ALICE, 8)).as("of the same key again").isFalse();
        store().clearTotpKey(ALICE);
        store().setTotpKey(ALICE, KEY);
        assertThat(store().useTimeStep(ALICE, 8)).as("of the same key after none").isFalse();
        store().setTotpKey(ALICE, OTHER_KEY);
        assertThat(store().useTimeStep(ALICE, 8)).as("of a new key").isTrue();
        assertThat(store().useTimeStep(new UserName("nobody"), 9)).isFalse();
    }

    @Test
    public void a_removed_account_is_gone_and_may_be_added_again() throws AccountException {
        store().add(enabled(ALICE));
        store().add(enabled(BOB));

        store().remove(ALICE);
        assertThat(store().find(ALICE)).isEmpty();
        assertThat(store().find(BOB)).isPresent();

        store().add(enabled(ALICE));
        assertThat(store().find(ALICE)).isPresent();
    }

    @Test
    public void changes_to_an_account_that_is_not_there_are_refused() {
        assertRefused(Reason.NOT_FOUND, () -> store().setPassword(ALICE, "$hash"));
        assertRefused(Reason.NOT_FOUND, () -> store().enable(ALICE));
        assertRefused(Reason.NOT_FOUND, () -> store().disable(ALICE));
        assertRefused(Reason.NOT_FOUND, () -> store().setHome(ALICE, HOME));
        assertRefused(Reason.NOT_FOUND, () -> store().clearHome(ALICE));
        assertRefused(Reason.NOT_FOUND, () -> store().setTotpKey(ALICE, KEY));
        assertRefused(Reason.NOT_FOUND, () -> store().clearTotpKey(ALICE));
        assertRefused(Reason.NOT_FOUND, () -> store().remove(ALICE));
    }

    @Test
    public void an_empty_store_has_an_empty_first_page() throws AccountException {
        assertThat(store().firstPage()).isEmpty();
        assertThat(store().pageAfter(ALICE)).isEmpty();
    }

    @Test
    public void accounts_are_listed_in_the_order_of_their_names() throws AccountException {
        for (String name : List.of("ıl", "zoe", "Bob", "bob", "10", "9", "_x", "él", "i.x")) {
            store().add(enabled(new UserName(name)));
        }

        assertThat(names(store().firstPage()))
                .containsExactly("10", "9", "Bob", "_x", "bob", "i.x", "zoe", "él", "ıl");
    }

    @Test
    public void a_page_begins_behind_a_name_that_need_not_exist() throws AccountException {
        store().add(enabled(ALICE));
        store().add(enabled(BOB));

        assertThat(names(store().pageAfter(ALICE))).containsExactly("bob");
        assertThat(names(store().pageAfter(new UserName("alicf")))).containsExactly("bob");
        assertThat(store().pageAfter(BOB)).isEmpty();
    }

    @Test
    public void more_accounts_than_one_page_holds_are_all_shown_once() throws AccountException {
        List<String> added =
                IntStream.rangeClosed(0, AccountStore.PAGE_ACCOUNTS_MAX)
                        .mapToObj(number -> "user" + (1000 + number))
                        .toList();
        for (String name : added) {
            store().add(enabled(new UserName(name)));
        }

        List<Account> shown = new ArrayList<>();
        store().forEach(shown::add);

        assertThat(store().firstPage()).hasSize(AccountStore.PAGE_ACCOUNTS_MAX);
        assertThat(names(shown)).containsExactlyElementsOf(added);
    }

    protected static StoredAccount enabled(UserName name) {
        return new StoredAccount(new Account(name, true, Optional.empty()), "$hash$" + name);
    }

    protected static void assertRefused(Reason reason, ThrowingCallable call) {
        assertThatExceptionOfType(AccountException.class)
                .isThrownBy(call)
                .satisfies(refusal -> assertThat(refusal.reason()).isEqualTo(reason));
    }

    private Account found(UserName name) throws AccountException {
        return store().find(name).orElseThrow().account();
    }

    private static List<String> names(List<Account> accounts) {
        return accounts.stream().map(account -> account.name().text()).toList();
    }
}
