package io.sealane.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Objects;

/// Content of any length that is the same for the same seed and never held whole. A shorter content
/// is a prefix of a longer one with the same seed. Immutable.
public record RandomBytes(long seed, long length) {
    /// Opens the content at its start.
    public InputStream open() {
        return new Generator(seed, length);
    }

    /// Returns the content in memory.
    public byte[] toArray() {
        byte[] all = new byte[Math.toIntExact(length)];
        new Generator(seed, length).read(all, 0, all.length);
        return all;
    }

    /// Returns the SHA-256 of the content, in hexadecimal.
    public String sha256() {
        try (InputStream content = open()) {
            return Digests.sha256(content);
        } catch (IOException defect) {
            throw new IllegalStateException("a generator does no I/O", defect);
        }
    }

    /// SplitMix64, eight bytes a step: fast, and not compressible.
    private static final class Generator extends InputStream {
        private static final VarHandle WORD =
                MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

        private final long length;
        private long state;
        private long word;
        private long given;

        Generator(long seed, long length) {
            this.state = seed;
            this.length = length;
        }

        @Override
        public int read() {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] target, int offset, int count) {
            Objects.checkFromIndexSize(offset, count, target.length);
            if (count == 0) {
                return 0;
            }
            if (given == length) {
                return -1;
            }
            int now = Math.toIntExact(Math.min(count, length - given));
            int to = offset + now;
            int at = offset;
            while (at < to) {
                if (given % Long.BYTES == 0 && to - at >= Long.BYTES) {
                    WORD.set(target, at, nextWord());
                    at += Long.BYTES;
                    given += Long.BYTES;
                } else {
                    target[at] = nextByte();
                    at++;
                }
            }
            return now;
        }

        private byte nextByte() {
            if (given % Long.BYTES == 0) {
                word = nextWord();
            }
            byte next = (byte) word;
            word >>>= Byte.SIZE;
            given++;
            return next;
        }

        private long nextWord() {
            state += 0x9E3779B97F4A7C15L;
            long mixed = (state ^ (state >>> 30)) * 0xBF58476D1CE4E5B9L;
            mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
            return mixed ^ (mixed >>> 31);
        }
    }
}
