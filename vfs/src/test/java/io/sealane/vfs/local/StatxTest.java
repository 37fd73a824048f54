package io.sealane.vfs.local;

import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static org.assertj.core.api.Assertions.assertThat;

import io.sealane.vfs.Entry;
import io.sealane.vfs.local.ProcessUser.Removal;
import java.lang.foreign.Arena;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class StatxTest {
    private static final OwnerNames OWNERS = new OwnerNames();

    @ParameterizedTest
    @CsvSource({
        "1772600767, 2026-03-04T05:06:07Z",
        "-1, 1969-12-31T23:59:59Z",
        "9223372036854775807, +1000000000-12-31T23:59:59Z",
        "-9223372036854775808, -1000000000-01-01T00:00:00Z"
    })
    void a_time_that_no_instant_holds_is_the_nearest_one(long seconds, Instant time) {
        try (Arena arena = Arena.ofConfined()) {
            Statx stat = new Statx(arena);
            stat.memory().set(JAVA_LONG, Statx.MODIFIED_SECONDS, seconds);
            assertThat(stat.toEntry("name", OWNERS, Removal.NONE, Optional::empty))
                    .extracting(Entry::modified)
                    .isEqualTo(time);
        }
    }
}
