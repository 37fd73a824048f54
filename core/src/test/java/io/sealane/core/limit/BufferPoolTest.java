package io.sealane.core.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class BufferPoolTest {
    private static final long LENT_BYTES_MAX = 1024 * 1024;

    private final BufferPool pool = new BufferPool(LENT_BYTES_MAX);

    @ParameterizedTest
    @EnumSource
    void what_came_back_is_lent_again_as_new(BufferPool.Size size) throws IOException {
        ByteBuffer first = pool.take(size);
        assertThat(first.isDirect()).isTrue();
        assertThat(first.remaining()).isEqualTo(size.bytes());
        first.position(7).limit(9);
        pool.give(first);
        ByteBuffer second = pool.take(size);
        assertThat(second).isSameAs(first);
        assertThat(second.remaining()).isEqualTo(size.bytes());
    }

    @Test
    void lending_stops_at_the_limit() throws IOException {
        List<ByteBuffer> taken = new ArrayList<>();
        while (pool.lentBytes() + BufferPool.Size.BULK.bytes() <= LENT_BYTES_MAX) {
            taken.add(pool.take(BufferPool.Size.BULK));
        }
        assertThatThrownBy(() -> pool.take(BufferPool.Size.BULK))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("1048576");
        pool.give(taken.removeLast());
        taken.add(pool.take(BufferPool.Size.BULK));
        taken.forEach(pool::give);
        assertThat(pool.lentBytes()).isZero();
    }

    @Test
    void a_wide_one_is_lent_only_while_little_is() throws IOException {
        BufferPool roomy = new BufferPool(2 * LENT_BYTES_MAX);
        ByteBuffer wide = roomy.takeWide();
        ByteBuffer next = roomy.takeWide();
        assertThat(wide.capacity()).isEqualTo(BufferPool.Size.WIDE.bytes());
        assertThat(next.capacity()).isEqualTo(BufferPool.Size.BULK.bytes());
        roomy.give(wide);
        roomy.give(next);
        assertThat(roomy.takeWide()).isSameAs(wide);
    }

    @Test
    void a_foreign_buffer_is_refused() {
        assertThatThrownBy(() -> pool.give(ByteBuffer.allocate(BufferPool.Size.LINE.bytes())))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> pool.give(ByteBuffer.allocateDirect(77)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_buffer_given_back_twice_is_a_defect() throws IOException {
        ByteBuffer buffer = pool.take(BufferPool.Size.LINE);
        pool.give(buffer);
        assertThatThrownBy(() -> pool.give(buffer)).isInstanceOf(IllegalStateException.class);
    }
}
