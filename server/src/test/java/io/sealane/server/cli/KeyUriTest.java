package io.sealane.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealane.accounts.TotpKey;
import io.sealane.accounts.UserName;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class KeyUriTest {
    /// Of RFC 6238 appendix B.
    private static final TotpKey KEY =
            TotpKey.of("12345678901234567890".getBytes(StandardCharsets.US_ASCII));

    private static final TotpKey SHORT =
            TotpKey.of("1234567890123456".getBytes(StandardCharsets.US_ASCII));

    @Test
    void it_is_shown_for_typing_and_for_a_code() {
        KeyUri shown = new KeyUri(KEY);
        assertThat(shown.typed()).isEqualTo("GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ");
        assertThat(shown.uri("A & B", new UserName("bob@acme")))
                .isEqualTo(
                        "otpauth://totp/A%20%26%20B:bob%40acme"
                                + "?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=A%20%26%20B");
        assertThat(new KeyUri(SHORT).typed()).isEqualTo("GEZD GNBV GY3T QOJQ GEZD GNBV GY");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ",
                " gezd gnbv gy3t qojq gezd gnbv gy3t qojq ",
                "GEZD-GNBV-GY3T-QOJQ-GEZD-GNBV-GY3T-QOJQ===="
            })
    void it_is_read_however_it_was_written_down(String text) {
        assertThat(KeyUri.parse(text)).contains(KEY);
        assertThat(KeyUri.parse(new KeyUri(SHORT).typed())).contains(SHORT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "GEZDGNBVGY3TQOJQ", "GEZD1NBVGY3TQOJQGEZDGNBVGY3TQOJQ", "é", "A"})
    void what_is_no_key_is_none(String text) {
        assertThat(KeyUri.parse(text)).isEmpty();
    }
}
