package io.sealane.core.transfer;

import io.sealane.vfs.FileReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.Deflater;

/// 64 MiB of text in lines of 64 octets, as a file, as what travels, and as lines.
final class MeasuredText {
    static final Coding STREAM = new Coding.Stream();

    /// Text so regular becomes a two hundredth.
    static final Coding DEFLATE = new Coding.Deflate(1, 1000);

    static final FileReader FILE = new TextFile();

    private static final int OCTETS = 64 << 20;
    private static final String LINE =
            "-rw-r-----   1 alice    staff      1234567 Nov 28 07:15 report.t";

    private MeasuredText() {}

    /// As a client sends it, from the beginning.
    static ByteBuffer wire() {
        return ByteBuffer.allocateDirect(OCTETS).put(text("\r\n")).flip();
    }

    static ByteBuffer deflated() {
        Deflater deflater = new Deflater(1);
        try {
            deflater.setInput(text("\r\n"));
            deflater.finish();
            ByteBuffer wire = ByteBuffer.allocateDirect(OCTETS);
            while (!deflater.finished()) {
                deflater.deflate(wire);
            }
            return wire.flip();
        } finally {
            deflater.end();
        }
    }

    static LineSource lines() {
        return new Lines();
    }

    private static byte[] text(String lineEnd) {
        return (LINE.substring(lineEnd.length()) + lineEnd)
                .repeat(OCTETS / LINE.length())
                .getBytes(StandardCharsets.US_ASCII);
    }

    private static final class Lines implements LineSource {
        private int left = OCTETS / LINE.length();

        @Override
        public Step next(StringBuilder line) {
            if (left-- == 0) {
                return Step.END;
            }
            line.append(LINE, 0, LINE.length() - 2);
            return Step.LINE;
        }

        @Override
        public void close() {}
    }

    /// In the system's cache, so that no disk is measured.
    private static final class TextFile implements FileReader {
        private final FileChannel channel;

        TextFile() {
            try {
                Path path = Files.createTempFile("sealane", ".text");
                Files.write(path, text("\n"));
                channel =
                        FileChannel.open(
                                path, StandardOpenOption.READ, StandardOpenOption.DELETE_ON_CLOSE);
            } catch (IOException failed) {
                throw new IllegalStateException(failed);
            }
        }

        @Override
        public long size() {
            return OCTETS;
        }

        @Override
        public int read(ByteBuffer target, long offset) {
            try {
                return channel.read(target, offset);
            } catch (IOException failed) {
                throw new IllegalStateException(failed);
            }
        }

        @Override
        public long transferTo(long offset, long count, WritableByteChannel target)
                throws IOException {
            return offset >= OCTETS ? -1 : channel.transferTo(offset, count, target);
        }

        @Override
        public void close() {}
    }
}
