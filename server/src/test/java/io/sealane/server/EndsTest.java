package io.sealane.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class EndsTest {
    private final List<String> done = new ArrayList<>();
    private final Ends ends = new Ends();

    @Test
    void the_last_is_ended_first_and_each_once() {
        ends.add(() -> done.add("accounts"));
        ends.add(() -> done.add("server"));

        ends.close();
        ends.close();

        assertThat(done).containsExactly("server", "accounts");
    }

    @Test
    void what_fails_keeps_none_of_the_others_from_being_ended() {
        ends.add(() -> done.add("accounts"));
        ends.add(() -> {
            throw new IllegalStateException("broken");
        });

        assertThatThrownBy(ends::close).hasMessage("broken");

        assertThat(done).containsExactly("accounts");
    }
}
