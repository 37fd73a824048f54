package io.sealane.core.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TimeValTest {
    @Test
    void times_are_utc_wherever_the_server_stands() {
        assertThat(TimeVal.format(Instant.parse("2016-02-29T18:56:22Z")))
                .isEqualTo("20160229185622");
    }

    @ParameterizedTest
    @CsvSource({
        "1970-01-01T00:00:00Z, 19700101000000",
        "1969-12-31T23:59:59.999Z, 19691231235959",
        "0033-04-03T15:00:00Z, 00330403150000",
        "2038-01-19T03:14:08Z, 20380119031408",
        "9999-12-31T23:59:59.5Z, 99991231235959",
        "+10000-01-01T00:00:00Z, 99991231235959",
        "+1000000000-12-31T23:59:59Z, 99991231235959",
        "-1000000000-01-01T00:00:00Z, 00000101000000"
    })
    void a_time_has_fourteen_digits_whatever_it_is(Instant time, String text) {
        assertThat(TimeVal.format(time)).isEqualTo(text);
    }

    @Test
    void a_fraction_is_read() {
        assertThat(TimeVal.parse("19980615100045.014"))
                .contains(Instant.parse("1998-06-15T10:00:45.014Z"));
    }

    @Test
    void a_leap_second_is_the_second_before_it() {
        assertThat(TimeVal.parse("20161231235960")).contains(Instant.parse("2016-12-31T23:59:59Z"));
    }

    @ParameterizedTest
    @CsvSource({
        "0000-01-01T00:00:00Z, 00000101000000",
        "-0001-06-01T00:00:00Z, 00000101000000",
        "9999-12-31T23:59:59.5Z, 99991231235959",
        "+10000-01-01T00:00:00Z, 99991231235959",
        "-1000000000-01-01T00:00:00Z, 00000101000000",
        "+1000000000-12-31T23:59:59Z, 99991231235959"
    })
    void a_time_is_written_with_a_year_of_four_digits(Instant time, String written) {
        assertThat(TimeVal.format(time)).isEqualTo(written);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "2016022918562",
                "20150229000000",
                "20161301000000",
                "20161231235961",
                "20161231235999",
                "2016022918562z",
                "20160229185622."
            })
    void what_is_no_time_is_not_read(String text) {
        assertThat(TimeVal.parse(text)).isEmpty();
    }
}
