package io.sealane.vfs.local;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sealane.vfs.StorageException;
import io.sealane.vfs.VirtualPath;
import io.sealane.vfs.local.LocalUpload.Base;
import io.sealane.vfs.local.LocalUpload.Source;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What is kept of an upload when the system says at its very end that it could not write it.
final class UnwrittenUploadTest {
    private static final String NEW = "what came";
    private static final long CLAIMED = 4;
    private static final String NAME = "file";
    private static final String UPLOAD = ".sealane-x.upload";
    private static final String PARTIAL = ".sealane-x.partial";

    @TempDir private Path root;

    enum End {
        FORCE,
        CLOSE
    }

    /// Nobody knows what is lost, of what came now or before.
    @ParameterizedTest
    @EnumSource
    void nothing_is_kept_of_what_may_be_lost(End end) throws IOException {
        for (boolean isClaimed : new boolean[] {false, true}) {
            breakOff(end, "Input/output error", isClaimed);
            assertThat(names()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_client_may_not_go_on_from_what_is_published_instead(End end) throws IOException {
        for (boolean isClaimed : new boolean[] {false, true}) {
            Files.writeString(root.resolve(NAME), "old");
            breakOff(end, "Input/output error", isClaimed);
            assertThat(names()).containsExactly(PARTIAL, NAME);
            assertThat(root.resolve(PARTIAL)).isEmptyFile();
            assertThat(root.resolve(NAME)).hasContent("old");
        }
    }

    @Test
    void where_room_is_missing_what_there_was_is_kept() throws IOException {
        breakOff(End.CLOSE, "No space left on device", false);
        assertThat(names()).isEmpty();
        breakOff(End.CLOSE, "No space left on device", true);
        assertThat(names()).containsExactly(PARTIAL);
        assertThat(root.resolve(PARTIAL)).hasContent(NEW.substring(0, (int) CLAIMED));
    }

    /// Uploads what the system then does not write.
    private void breakOff(End end, String message, boolean isClaimed) throws IOException {
        try (LocalUpload upload = upload(end, message, isClaimed)) {
            upload.write(
                    ByteBuffer.wrap(NEW.substring((int) upload.position()).getBytes(US_ASCII)));
            assertThatThrownBy(upload::publish)
                    .isInstanceOf(StorageException.class)
                    .hasMessageContaining(message);
        }
    }

    private LocalUpload upload(End end, String message, boolean isClaimed) throws IOException {
        StreamedDirectory directory = StreamedDirectory.atHostPath(root);
        Path hidden = root.resolve(UPLOAD);
        Files.writeString(hidden, isClaimed ? NEW.substring(0, (int) CLAIMED) : "");
        FileChannel real = FileChannel.open(hidden, StandardOpenOption.WRITE);
        Replacements.Key key = Replacements.Key.ofUpload(directory, UPLOAD);
        UploadTarget target =
                new UploadTarget(
                        VirtualPath.resolve(VirtualPath.ROOT, NAME).orElseThrow(),
                        directory,
                        key,
                        directory.find(NAME));
        Source source =
                new Source(
                        UPLOAD,
                        isClaimed ? CLAIMED : 0,
                        isClaimed,
                        new Base.Anything(),
                        Optional.of(Replacements.begin(key)));
        return new LocalUpload(
                target,
                LocalStorageOptions.ownedBy("owner"),
                source,
                new NamedFile(directory, UPLOAD, new FailingChannel(real, end, message)));
    }

    private List<String> names() throws IOException {
        try (Stream<Path> all = Files.list(root)) {
            return all.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    /// Writes, and fails at one end.
    private static final class FailingChannel extends StubChannel {
        private final FileChannel real; // owned
        private final End end;
        private final String message;

        FailingChannel(FileChannel real, End end, String message) {
            this.real = real;
            this.end = end;
            this.message = message;
        }

        @Override
        public void force(boolean metaData) throws IOException {
            if (end == End.FORCE) {
                throw new IOException(message);
            }
        }

        @Override
        protected void implCloseChannel() throws IOException {
            real.close();
            if (end == End.CLOSE) {
                throw new IOException(message);
            }
        }

        @Override
        public int write(ByteBuffer source, long at) throws IOException {
            return real.write(source, at);
        }

        @Override
        public FileChannel truncate(long size) throws IOException {
            if (!isOpen()) {
                throw new ClosedChannelException();
            }
            real.truncate(size);
            return this;
        }
    }
}
