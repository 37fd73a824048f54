package io.sealane.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class FairQueueTest {
    private final FairQueue<String, String> queue = new FairQueue<>(4);

    @Test
    void origins_take_turns() {
        add("a1", "a2", "b1", "a3");
        assertThat(all()).containsExactly("a1", "b1", "a2", "a3");
        assertThat(queue.size()).isZero();
        assertThat(queue.poll()).isEmpty();
    }

    @Test
    void whoever_has_most_waiting_gives_way() {
        add("a1", "a2", "a3", "a4");
        assertThat(queue.add("b", "b1")).contains("a4");
        assertThat(queue.add("a", "a5")).contains("a5");
        assertThat(queue.add("b", "b2")).contains("a3");
        assertThat(queue.add("b", "b3")).contains("b3");
        assertThat(queue.add("c", "c1")).isPresent();
        assertThat(queue.size()).isEqualTo(4);
        assertThat(all()).hasSize(4).contains("a1", "b1", "c1");
    }

    @Test
    void what_is_left_can_be_taken_at_once() {
        add("a1", "b1");
        assertThat(queue.removeLast("b")).isEqualTo("b1");
        assertThat(queue.clear()).containsExactly("a1");
        assertThat(queue.poll()).isEmpty();
    }

    /// Their origin is their first letter.
    private void add(String... elements) {
        for (String element : elements) {
            assertThat(queue.add(element.substring(0, 1), element)).isEmpty();
        }
    }

    private List<String> all() {
        List<String> all = new ArrayList<>();
        Stream.generate(queue::poll)
                .takeWhile(Optional::isPresent)
                .map(Optional::get)
                .forEach(all::add);
        return all;
    }
}
