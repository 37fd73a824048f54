package io.sealane.server.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.nio.charset.Charset;
import org.junit.jupiter.api.Test;

final class PasswordOptionTest {
    @Test
    void the_first_line_is_the_password() throws Exception {
        assertThat(PasswordOption.readNew(input("grün\r\nmore\n", UTF_8)).isEmpty()).isFalse();
        assertThat(PasswordOption.readNew(input("\n", UTF_8)).isEmpty()).isTrue();
    }

    @Test
    void what_no_client_can_send_is_no_password() {
        assertThatThrownBy(() -> PasswordOption.readNew(input("gr\u00fcn\n", ISO_8859_1)))
                .isInstanceOf(CommandFailure.class)
                .hasMessageContaining("UTF-8");
        assertThatThrownBy(() -> PasswordOption.readNew(input("a\0b\n", UTF_8)))
                .isInstanceOf(CommandFailure.class)
                .hasMessageContaining("control character");
    }

    private static ByteArrayInputStream input(String text, Charset charset) {
        return new ByteArrayInputStream(text.getBytes(charset));
    }
}
