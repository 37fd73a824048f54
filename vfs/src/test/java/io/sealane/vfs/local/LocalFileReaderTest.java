package io.sealane.vfs.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealane.vfs.VirtualPath;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import org.junit.jupiter.api.Test;

/// Some file systems (FUSE, network) say that a file is larger than it is.
final class LocalFileReaderTest {
    private static final long SAID = 100;
    private static final int THERE = 10;

    @Test
    void a_file_ends_where_nothing_more_is_read() throws IOException {
        WritableByteChannel target = Channels.newChannel(OutputStream.nullOutputStream());
        try (LocalFileReader reader = new LocalFileReader(new Shorter(), VirtualPath.ROOT)) {
            assertThat(reader.transferTo(0, SAID, target)).isEqualTo(THERE);
            assertThat(reader.transferTo(THERE, SAID, target)).isZero(); // Or the target is full.
            assertThat(reader.transferTo(THERE, SAID, target)).isEqualTo(-1);
        }
    }

    @Test
    void a_target_that_takes_nothing_is_no_end() throws IOException {
        WritableByteChannel target = Channels.newChannel(OutputStream.nullOutputStream());
        try (LocalFileReader reader = new LocalFileReader(new Shorter(), VirtualPath.ROOT)) {
            for (int i = 0; i < 3; i++) {
                assertThat(reader.transferTo(0, 0, target)).isZero();
            }
        }
    }

    private static final class Shorter extends StubChannel {
        @Override
        public long size() {
            return SAID;
        }

        @Override
        public long transferTo(long at, long count, WritableByteChannel target) {
            return Math.min(count, THERE - at);
        }

        @Override
        public int read(ByteBuffer target, long at) {
            return at < THERE ? 1 : -1;
        }
    }
}
