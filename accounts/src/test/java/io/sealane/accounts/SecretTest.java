package io.sealane.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class SecretTest {
    @Test
    void a_secret_is_never_printed() {
        try (Secret secret = Secret.of("hunter2")) {
            assertThat(secret).hasToString("***");
            assertThat("" + secret).doesNotContain("hunter2");
        }
    }

    @Test
    void a_secret_cannot_be_serialized() {
        assertThat(Serializable.class.isAssignableFrom(Secret.class)).isFalse();
    }

    @Test
    void text_becomes_utf_8() {
        try (Secret secret = Secret.of("päß")) {
            assertThat(secret.expose()).isEqualTo("päß".getBytes(StandardCharsets.UTF_8));
        }
    }

    @Test
    void adopted_bytes_are_wiped_on_close() {
        byte[] bytes = {1, 2, 3};
        Secret secret = Secret.adopt(bytes);

        secret.close();
        secret.close();

        assertThat(bytes).containsOnly(0);
    }

    @Test
    void a_copy_outlives_its_original() {
        Secret original = Secret.of("pw");
        try (Secret copy = original.copy()) {
            original.close();

            assertThat(copy.expose()).isEqualTo(new byte[] {'p', 'w'});
        }
    }

    @Test
    void a_secret_without_bytes_is_empty() {
        try (Secret empty = Secret.of("");
                Secret space = Secret.of(" ")) {
            assertThat(empty.isEmpty()).isTrue();
            assertThat(space.isEmpty()).isFalse();
        }
    }

    @Test
    void the_read_only_view_shows_the_bytes_and_takes_none() {
        try (Secret secret = Secret.of("pw")) {
            assertThat(secret.exposeReadOnly().isReadOnly()).isTrue();
            assertThat(secret.exposeReadOnly().get(1)).isEqualTo((byte) 'w');
        }
    }
}
