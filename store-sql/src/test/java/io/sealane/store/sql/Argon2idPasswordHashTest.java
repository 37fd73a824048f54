package io.sealane.store.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.sealane.accounts.Secret;
import java.security.SecureRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class Argon2idPasswordHashTest {
    /// As small as the bounds allow: these tests are about text, not about cost.
    private static final Argon2idParameters SMALL = new Argon2idParameters(64, 1, 1, 16, 32);

    private static final String SALT = "c29tZXNhbHQxMjM0NTY3OA";
    private static final String TAG = "CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc";

    private final Argon2idPasswordHash small = new Argon2idPasswordHash(SMALL, new SecureRandom());

    /// From test.c of the reference implementation, phc-winner-argon2.
    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "password $argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ"
                        + "$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
                "password $argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ"
                        + "$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4",
                "password $argon2id$v=19$m=256,t=2,p=2$c29tZXNhbHQ"
                        + "$bQk8UB/VmZZF4Oo79iDXuL5/0ttZwg2f/5U52iv1cDc",
                "password $argon2id$v=19$m=65536,t=1,p=1$c29tZXNhbHQ"
                        + "$9qWtwbpyPd3vm1rB1GThgPzZ3/ydHL92zKL+15XZypg",
                "differentpassword $argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ"
                        + "$C4TWUs9rDEvq7w3+J4umqA32aWKB1+DSiRuBfYxFj94",
                "password $argon2id$v=19$m=65536,t=2,p=1$ZGlmZnNhbHQ"
                        + "$vfMrBczELrFdWP0ZsfhWsRPaHppYdP3MVEMIVlqoFBw"
            })
    void hashes_of_the_reference_implementation_are_verified(String password, String encoded) {
        assertThat(verify(small, password, encoded)).isTrue();
        assertThat(verify(small, password + "x", encoded)).isFalse();
    }

    @Test
    void a_new_hash_has_the_recommended_parameters_and_verifies() {
        Argon2idPasswordHash passwords = Argon2idPasswordHash.withDefaults();

        String encoded = hash(passwords, "correct horse");

        assertThat(encoded)
                .matches(
                        "\\$argon2id\\$v=19\\$m=19456,t=2,p=1"
                                + "\\$[A-Za-z0-9+/]{22}\\$[A-Za-z0-9+/]{43}");
        assertThat(verify(passwords, "correct horse", encoded)).isTrue();
        assertThat(verify(passwords, "correct Horse", encoded)).isFalse();
    }

    @Test
    void the_defaults_are_owasps() {
        assertThat(Argon2idParameters.DEFAULTS)
                .isEqualTo(new Argon2idParameters(19_456, 2, 1, 16, 32));
    }

    @Test
    void every_hash_has_a_salt_of_its_own() {
        assertThat(hash(small, "pw")).isNotEqualTo(hash(small, "pw"));
    }

    @Test
    void a_hash_is_verified_with_its_own_parameters() {
        Argon2idPasswordHash other =
                new Argon2idPasswordHash(
                        new Argon2idParameters(128, 3, 2, 24, 48), new SecureRandom());

        assertThat(verify(small, "pw", hash(other, "pw"))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "pässwörd \ud83d\udd11", "a\0b"})
    void every_text_can_be_a_password(String password) {
        String encoded = hash(small, password);

        assertThat(verify(small, password, encoded)).isTrue();
        assertThat(verify(small, password + " ", encoded)).isFalse();
    }

    @Test
    void the_secret_stays_the_callers() {
        try (Secret secret = Secret.of("pw")) {
            small.verify(secret, small.hash(secret));

            assertThat(secret.expose()).isEqualTo(new byte[] {'p', 'w'});
        }
    }

    @Test
    void a_decoy_costs_what_a_hash_costs_and_matches_nothing() {
        String decoy = small.decoy();

        assertThat(PhcString.parse(decoy).orElseThrow().parameters()).isEqualTo(SMALL);
        assertThat(verify(small, "", decoy)).isFalse();
        assertThat(verify(small, decoy, decoy)).isFalse();
        assertThat(small.decoy()).isNotEqualTo(decoy);
    }

    @Test
    void a_hash_comes_out_of_the_parser_as_it_went_in() {
        String encoded = "$argon2id$v=19$m=19456,t=2,p=1$" + SALT + "$" + TAG;

        assertThat(PhcString.parse(encoded).orElseThrow().encode()).isEqualTo(encoded);
        assertThat(PhcString.parse(encoded).orElseThrow()).hasToString("***");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "!",
                "*",
                "$",
                "password",
                "$2b$12$R9h/cIPz0gi.URNNX3kh2OPST9/PgBkqquzi.Ss7KIUgO2t0jWMUW",
                "$6$salt$hash",
                "$argon2id$v=19$m=64,t=1,p=1$" + SALT,
                "$argon2id$v=19$m=64,t=1,p=1$" + SALT + "$",
                "$argon2id$v=19$m=64,t=1,p=1$$" + TAG,
                "$argon2i$v=19$m=64,t=1,p=1$" + SALT + "$" + TAG,
                "$argon2d$v=19$m=64,t=1,p=1$" + SALT + "$" + TAG,
                "$Argon2id$v=19$m=64,t=1,p=1$" + SALT + "$" + TAG,
                "$argon2id$v=16$m=64,t=1,p=1$" + SALT + "$" + TAG,
                "$argon2id$m=64,t=1,p=1$" + SALT + "$" + TAG,
                "$argon2id$v=19$t=1,m=64,p=1$" + SALT + "$" + TAG,
                "$argon2id$v=19$m=64,t=1$" + SALT + "$" + TAG,
                "$argon2id$v=19$m=64,t=1,p=1,keyid=x$" + SALT + "$" + TAG,
                "$argon2id$v=19$m=064,t=1,p=1$" + SALT + "$" + TAG,
                "$argon2id$v=19$m=+64,t=1,p=1$" + SALT + "$" + TAG,
                "$argon2id$v=19$m=-64,t=1,p=1$" + SALT + "$" + TAG,
                "$argon2id$v=19$m=64,t=0,p=1$" + SALT + "$" + TAG,
                "$argon2id$v=19$m=\u0666\u0664,t=1,p=1$" + SALT + "$" + TAG,
                "$argon2id$v=19$m=64,t=1,p=1$" + SALT + "==$" + TAG + "=",
                "$argon2id$v=19$m=64,t=1,p=1$" + SALT + "$" + TAG + "=",
                "$argon2id$v=19$m=64,t=1,p=1$c29tZXNhbHQxMjM0NTY3OB$" + TAG,
                "$argon2id$v=19$m=64,t=1,p=1$c29tZXNhbHQxMjM0NTY3O$" + TAG,
                "$argon2id$v=19$m=64,t=1,p=1$c29tZXNhb$" + TAG,
                "$argon2id$v=19$m=64,t=1,p=1$" + SALT + "$c2hvcnQ",
                "$argon2id$v=19$m=64,t=1,p=1$c29tZXNhbHQxMjM0NTY3-_$" + TAG,
                " $argon2id$v=19$m=64,t=1,p=1$" + SALT + "$" + TAG,
                "$argon2id$v=19$m=64,t=1,p=1$" + SALT + "$" + TAG + "\n"
            })
    void anything_else_is_no_hash_and_matches_nothing(String hostile) {
        assertThat(PhcString.parse(hostile)).isEmpty();
        assertThat(verify(small, "password", hostile)).isFalse();
        assertThat(verify(small, "", hostile)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "m=65537,t=1,p=1",
                "m=999999999,t=1,p=1",
                "m=4294967296,t=1,p=1",
                "m=99999999999999999999,t=1,p=1",
                "m=64,t=11,p=1",
                "m=64,t=999999999,p=1",
                "m=65536,t=1,p=9",
                "m=7,t=1,p=1",
                "m=63,t=1,p=8"
            })
    void absurd_parameters_are_refused_without_trying_them(String parameters) {
        String hostile = "$argon2id$v=19$" + parameters + "$" + SALT + "$" + TAG;

        assertThat(PhcString.parse(hostile)).isEmpty();
        assertThat(verify(small, "password", hostile)).isFalse();
    }

    @Test
    void a_text_of_any_length_is_looked_at_briefly() {
        assertThat(PhcString.parse("$argon2id$v=19$m=64,t=1,p=1$" + "A".repeat(10_000_000)))
                .isEmpty();
    }

    @Test
    void parameters_out_of_bounds_cannot_be_made() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Argon2idParameters(65_537, 1, 1, 16, 32));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Argon2idParameters(64, 0, 1, 16, 32));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Argon2idParameters(64, 1, 0, 16, 32));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Argon2idParameters(64, 1, 1, 7, 32))
                .withMessageContaining("saltBytes=7");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Argon2idParameters(64, 1, 1, 16, 65))
                .withMessageContaining("tagBytes=65");
    }

    private static String hash(Argon2idPasswordHash passwords, String password) {
        try (Secret secret = Secret.of(password)) {
            return passwords.hash(secret);
        }
    }

    private static boolean verify(Argon2idPasswordHash passwords, String password, String encoded) {
        try (Secret secret = Secret.of(password)) {
            return passwords.verify(secret, encoded);
        }
    }
}
