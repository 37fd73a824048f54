package io.sealane.core.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TimeValTest {
    @Test
    void times_are_utc_wherever_the_server_stands() {
        assertThat(TimeVal.format(Instant.parse("2016-02-29T18:56:22Z")))
                .isEqualTo("20160229185622");
    }

    @Test
    void a_fraction_is_read() {
        assertThat(TimeVal.parse("19980615100045.014"))
                .contains(Instant.parse("1998-06-15T10:00:45.014Z"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "2016022918562",
                "20150229000000",
                "20161301000000",
                "2016022918562z",
                "20160229185622."
            })
    void what_is_no_time_is_not_read(String text) {
        assertThat(TimeVal.parse(text)).isEmpty();
    }
}
