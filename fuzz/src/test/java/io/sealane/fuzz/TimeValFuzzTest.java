package io.sealane.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.DictionaryEntries;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.sealane.core.wire.TimeVal;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;

/// Times as clients send them, and times as disks hold them: the first eight octets, as seconds.
final class TimeValFuzzTest {
    private static final Instant FIRST = Instant.parse("0000-01-01T00:00:00Z");
    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59Z");

    @FuzzTest
    @DictionaryEntries({"20260229", "20240229", "235960", "00000101000000", "99991231235959", "."})
    void a_time_is_fourteen_digits(byte[] octets) {
        String text = CleanText.of(octets);
        TimeVal.parse(text).ifPresent(time -> assertParsed(text, time));
        long seconds = ByteBuffer.wrap(Arrays.copyOf(octets, Long.BYTES)).getLong();
        assertFormatted(
                Instant.ofEpochSecond(
                        Math.clamp(
                                seconds,
                                Instant.MIN.getEpochSecond(),
                                Instant.MAX.getEpochSecond())));
    }

    private static void assertParsed(String text, Instant time) {
        assertThat(text).matches("\\d{14}(\\.\\d{1,9})?");
        String formatted = TimeVal.format(time);
        // A leap second, which no Instant has, is the second before it.
        String whole = text.substring(0, 14);
        assertThat(formatted)
                .isEqualTo(whole.endsWith("60") ? whole.substring(0, 12) + "59" : whole);
        assertFormatted(time);
    }

    private static void assertFormatted(Instant time) {
        String formatted = TimeVal.format(time);
        assertThat(formatted).matches("\\d{14}");
        if (time.isBefore(FIRST)) {
            assertThat(formatted).isEqualTo("00000101000000");
        } else if (time.isAfter(LAST)) {
            assertThat(formatted).isEqualTo("99991231235959");
        } else {
            assertThat(TimeVal.parse(formatted)).contains(time.truncatedTo(ChronoUnit.SECONDS));
        }
    }
}
