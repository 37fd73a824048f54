package io.sealane.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class StoredAccountTest {
    @ParameterizedTest
    @ValueSource(strings = {"", "!", "*", "!!", "!$argon2id$v=19$", "*LK*"})
    void no_password_opens_an_account_without_a_hash_or_with_a_locked_one(String stored) {
        assertThat(with(stored).hasPassword()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"$argon2id$v=19$", "x", " "})
    void anything_else_may_be_a_hash(String stored) {
        assertThat(with(stored).hasPassword()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"$argon2id$v=19$abc"})
    void the_hash_is_never_printed(String stored) {
        assertThat(with(stored).toString()).contains("alice").doesNotContain(stored);
        assertThat(new Claim("alice", stored).toString()).doesNotContain(stored);
    }

    private static StoredAccount with(String hash) {
        return new StoredAccount(new Account(new UserName("alice"), true, Optional.empty()), hash);
    }
}
