package io.sealane.core.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Optional;
import org.junit.jupiter.api.Test;

final class TlsDemandsTest {
    private static final String ALL =
            "control=required data=optional least-version=1.3 session-binding=same-session"
                    + " client-certificate=required upload-end=lenient";

    @Test
    void every_rule_is_read_and_written_in_one_form() {
        TlsDemands demands = TlsDemands.parse(ALL);

        assertThat(demands)
                .isEqualTo(
                        new TlsDemands(
                                Optional.of(Requirement.REQUIRED),
                                Optional.of(Requirement.OPTIONAL),
                                Optional.of(TlsVersion.TLS_1_3),
                                Optional.of(SessionBinding.SAME_SESSION),
                                Optional.of(Requirement.REQUIRED),
                                Optional.of(UploadEnd.LENIENT)))
                .hasToString(ALL);
    }

    @Test
    void rules_that_are_not_there_are_no_opinion() {
        assertThat(TlsDemands.parse("  ")).isEqualTo(TlsDemands.NONE).hasToString("");
        assertThat(TlsDemands.parse(" data=required ").isNone()).isFalse();
        assertThat(TlsDemands.parse("data=required").control()).isEmpty();
    }

    @Test
    void what_is_wrong_is_told_with_what_is_allowed() {
        refused("data=always", "data cannot be always; allowed: required, optional");
        refused("least-version=1.4", "least-version cannot be 1.4; allowed: 1.2, 1.3");
        refused("data", "data is no RULE=VALUE; rules: control, data, least-version");
        refused("colour=red", "colour=red is no RULE=VALUE");
        refused("data=required data=optional", "data is there twice");
    }

    private static void refused(String text, String why) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TlsDemands.parse(text))
                .withMessageStartingWith(why);
    }
}
