package io.sealane.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

final class FingerprintTest {
    private static final SecretKey KEY = new SecretKeySpec(new byte[32], "HmacSHA256");

    @Test
    void the_same_claim_and_secret_have_the_same_fingerprint() {
        assertThat(print("alice", "$hash", "pw")).isEqualTo(print("alice", "$hash", "pw"));
    }

    @Test
    void name_stored_hash_and_secret_each_count() {
        Fingerprint fingerprint = print("alice", "$hash", "pw");

        assertThat(print("bob", "$hash", "pw")).isNotEqualTo(fingerprint);
        assertThat(print("alice", "$hash2", "pw")).isNotEqualTo(fingerprint);
        assertThat(print("alice", "$hash", "pw2")).isNotEqualTo(fingerprint);
    }

    @Test
    void bytes_cannot_move_from_one_part_to_the_next() {
        assertThat(print("ab", "c", "d")).isNotEqualTo(print("a", "bc", "d"));
        assertThat(print("a", "bc", "d")).isNotEqualTo(print("a", "b", "cd"));
    }

    @Test
    void another_key_gives_another_fingerprint() {
        byte[] otherKey = new byte[32];
        otherKey[31] = 1;
        try (Secret secret = Secret.of("pw")) {
            assertThat(
                            Fingerprint.of(
                                    new Claim("alice", "$hash"),
                                    secret,
                                    new SecretKeySpec(otherKey, "HmacSHA256")))
                    .isNotEqualTo(print("alice", "$hash", "pw"));
        }
    }

    private static Fingerprint print(String name, String encoded, String password) {
        try (Secret secret = Secret.of(password)) {
            return Fingerprint.of(new Claim(name, encoded), secret, KEY);
        }
    }
}
