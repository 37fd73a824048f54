package io.sealane.core.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class LingeringTest {
    private final Lingering lingering = Lingering.ofSession();
    private final List<Integer> left = new ArrayList<>();

    @Test
    void the_eldest_leaves_where_there_is_one_too_many() {
        IntStream.range(0, Lingering.OF_SESSION_MAX).forEach(this::enter);
        assertThat(left).isEmpty();
        enter(100);
        enter(101);
        assertThat(left).containsExactly(0, 1);
    }

    @Test
    void who_has_ended_counts_no_more_and_need_not_leave() {
        for (int i = 0; i < 10 * Lingering.OF_SESSION_MAX; i++) {
            enter(i).close();
        }
        Lingering.Stay first = enter(1000);
        Lingering.Stay second = enter(1001);
        first.close();
        IntStream.range(0, Lingering.OF_SESSION_MAX).forEach(this::enter);
        assertThat(left).containsExactly(1001);
        second.close(); // As the one that had to leave does in the end.
        assertThat(left).containsExactly(1001);
    }

    @Test
    void all_leave_when_the_server_does_and_who_comes_then_at_once() {
        IntStream.range(0, 3).forEach(this::enter);
        lingering.close();
        assertThat(left).containsExactly(0, 1, 2);
        enter(3);
        assertThat(left).containsExactly(0, 1, 2, 3);
    }

    private Lingering.Stay enter(int number) {
        return lingering.enter(() -> left.add(number));
    }
}
