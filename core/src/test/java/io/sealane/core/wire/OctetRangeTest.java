package io.sealane.core.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class OctetRangeTest {
    @Test
    void rang_names_the_last_octet() {
        assertThat(OctetRange.parseInclusive("802816 1000000"))
                .contains(new OctetRange(802_816, 1_000_001));
        assertThat(OctetRange.parseInclusive(" 0  0 ")).contains(new OctetRange(0, 1));
    }

    @Test
    void rang_1_0_is_no_range() {
        assertThat(OctetRange.parseInclusive("1 0")).contains(OctetRange.WHOLE);
    }

    @Test
    void the_largest_offset_does_not_overflow() {
        long last = Long.MAX_VALUE - 2;
        for (String largest : List.of("9223372036854775807", "9223372036854775806")) {
            assertThat(OctetRange.parseInclusive("7 " + largest))
                    .contains(new OctetRange(7, last + 1));
            assertThat(OctetRange.parseInclusive(largest + " " + largest))
                    .contains(new OctetRange(last, last + 1));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1", "2 1", "-1 2", "a b", "1 2 3", "0 9223372036854775808", "１ ２"})
    void what_is_no_range(String argument) {
        assertThat(OctetRange.parseInclusive(argument)).isEmpty();
    }

    @Test
    void a_file_cuts_it() {
        assertThat(new OctetRange(5, 20).within(10)).isEqualTo(new OctetRange(5, 10));
        assertThat(new OctetRange(15, 20).within(10)).isEqualTo(new OctetRange(10, 10));
        assertThat(OctetRange.WHOLE.within(0)).isEqualTo(new OctetRange(0, 0));
    }

    @Test
    void its_shown_end_is_never_below_its_start() {
        assertThat(new OctetRange(0, 12).inclusive()).isEqualTo("0-11");
        assertThat(new OctetRange(0, 0).inclusive()).isEqualTo("0-0");
    }
}
