package io.sealane.accounts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RealmTest {
    private static final Realm ACME = new Realm.Named("acme");
    private static final Realm REST = new Realm.Unnamed(Set.of("acme", "umbrella.example"));

    @ParameterizedTest
    @CsvSource({
        "alice, alice@acme",
        "alice@acme, alice@acme",
        "alice@umbrella.example, alice@umbrella.example@acme",
        "alice@ACME, alice@ACME@acme",
        "'', @acme",
    })
    void a_named_realm_adds_its_name_where_it_is_not_written(String login, String account) {
        assertThat(ACME.account(login)).isEqualTo(account);
    }

    @ParameterizedTest
    @ValueSource(strings = {"alice", "alice@example.com", "alice@acmes", "alice@acme@example.com"})
    void the_others_keep_their_names(String login) {
        assertThat(REST.account(login)).isEqualTo(login);
        assertThat(Realm.Unnamed.EVERYBODY.account(login)).isEqualTo(login);
    }

    @ParameterizedTest
    @ValueSource(strings = {"alice@acme", "alice@umbrella.example", "@acme", "a@b@acme"})
    void an_account_of_a_named_realm_is_nobody_elsewhere(String login) {
        assertThat(UserName.parse(REST.account(login))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a@b", "a b", "a/b"})
    void a_realm_is_named_as_accounts_may_be(String name) {
        assertThatIllegalArgumentException().isThrownBy(() -> new Realm.Named(name));
        assertThatIllegalArgumentException().isThrownBy(() -> new Realm.Unnamed(Set.of(name)));
    }

    @Test
    void a_login_at_a_realm_is_no_other_ones_account() {
        Realm umbrella = new Realm.Named("umbrella.example");
        assertThat(umbrella.account("alice@acme")).isNotEqualTo(ACME.account("alice"));
    }
}
