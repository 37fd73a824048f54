package io.sealane.core.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

final class ChecksumArgumentTest {
    @Test
    void a_path_alone_may_have_quotes() {
        assertThat(ChecksumArgument.ofPath("a b")).containsExactly(whole("a b"));
        assertThat(ChecksumArgument.ofPath("\"a b\""))
                .containsExactly(whole("\"a b\""), whole("a b"));
        assertThat(ChecksumArgument.ofPath("\u3000")).containsExactly(whole("\u3000"));
    }

    @Test
    void numbers_behind_it_may_belong_to_it() {
        assertThat(ChecksumArgument.ofPathAndRange("a 1 2"))
                .containsExactly(
                        whole("a 1 2"),
                        part("a 1", OctetRange.from(2)),
                        part("a", new OctetRange(1, 2)));
        assertThat(ChecksumArgument.ofPathAndRange("\"a b\" 1 2 "))
                .contains(part("a b", new OctetRange(1, 2)));
    }

    @Test
    void more_numbers_than_two_are_a_name() {
        assertThat(ChecksumArgument.ofPathAndRange("1 2 3 4"))
                .containsExactly(
                        whole("1 2 3 4"),
                        part("1 2 3", OctetRange.from(4)),
                        part("1 2", new OctetRange(3, 4)));
        assertThat(ChecksumArgument.ofPathAndRange("7")).containsExactly(whole("7"));
    }

    @Test
    void a_range_that_is_none_is_told() {
        assertThat(ChecksumArgument.ofPathAndRange("a 2 1"))
                .contains(new ChecksumArgument("a", Optional.empty()));
        assertThat(ChecksumArgument.ofPathAndRange("a 9223372036854775808"))
                .contains(new ChecksumArgument("a", Optional.empty()));
    }

    private static ChecksumArgument whole(String path) {
        return part(path, OctetRange.WHOLE);
    }

    private static ChecksumArgument part(String path, OctetRange range) {
        return new ChecksumArgument(path, Optional.of(range));
    }
}
