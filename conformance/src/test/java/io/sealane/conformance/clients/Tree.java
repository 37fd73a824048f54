package io.sealane.conformance.clients;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealane.testkit.RandomBytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/// A folder of folders of files, for clients that copy a whole one.
final class Tree {
    private static final int FOLDERS = 4;
    private static final int FILES_EACH = 10;
    static final int FILES = FOLDERS * FILES_EACH;

    /// Long past, so that a time that was not kept is seen, and in a second of its own.
    private static final Instant OLDEST = Instant.parse("2001-02-03T04:05:06Z");

    private Tree() {}

    static void write(Path tree) throws IOException {
        for (int i = 0; i < FOLDERS; i++) {
            Path branch = Files.createDirectories(tree.resolve("folder " + i));
            for (int j = 0; j < FILES_EACH; j++) {
                RandomBytes content = new RandomBytes(100L * i + j, 1 + 1_000L * i * j);
                Path file = branch.resolve("file " + j);
                Content.write(file, content);
                Files.setLastModifiedTime(file, FileTime.from(OLDEST.plusSeconds(100L * i + j)));
            }
        }
    }

    /// Compares names, content, and times to the second.
    static void assertSame(Path expected, Path actual) throws IOException {
        assertThat(describe(actual, Tree::seconds)).isEqualTo(describe(expected, Tree::seconds));
    }

    /// Compares names, content, and the days of the times.
    static void assertSameToTheDay(Path expected, Path actual) throws IOException {
        assertThat(describe(actual, Tree::days)).isEqualTo(describe(expected, Tree::days));
    }

    private static String seconds(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    private static String days(Instant time) {
        return time.truncatedTo(ChronoUnit.DAYS).toString();
    }

    private static List<String> describe(Path tree, Function<Instant, String> stamp)
            throws IOException {
        try (Stream<Path> files = Files.walk(tree)) {
            List<String> lines = new ArrayList<>();
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                String time = stamp.apply(Files.getLastModifiedTime(file).toInstant());
                lines.add(tree.relativize(file) + " " + time + " " + Content.sha256(file));
            }
            assertThat(lines).as("files of %s", tree).hasSize(FILES);
            return lines;
        }
    }
}
