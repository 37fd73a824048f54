package io.sealane.conformance.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The page on threads and locks names all that there are.
final class ConcurrencyPageTest {
    private static final Pattern LOCK =
            Pattern.compile("(?:ReentrantLock|DirectoryLocks) (\\w+) = new ");
    private static final Pattern THREAD =
            Pattern.compile("(?:\\.name\\(|new Thread\\([^\";]*, )\"([a-z][a-z-]+)\"");

    /// Of programs that only measure.
    private static final List<String> ELSEWHERE =
            List.of("bench/", "microbench/", "testkit/", "fuzz/", "conformance/");

    private final List<String> rows = rows();

    @Test
    void every_lock_has_its_row() {
        List<Lock> locks =
                sources()
                        .flatMap(file ->
                                LOCK.matcher(file.text())
                                        .results()
                                        .map(found -> new Lock(simpleName(file), found.group(1))))
                        .toList();
        assertThat(locks).hasSizeGreaterThan(20);
        assertThat(locks).filteredOn(lock -> !hasRow(lock)).isEmpty();
    }

    @Test
    void every_thread_has_its_row() {
        List<String> names =
                sources()
                        .flatMap(file -> THREAD.matcher(file.text()).results())
                        .map((MatchResult name) -> name.group(1))
                        .toList();
        assertThat(names).hasSizeGreaterThan(8);
        assertThat(names)
                .allSatisfy(name -> assertThat(rows).anyMatch(row -> row.contains("`" + name)));
    }

    private record Lock(String type, String name) {}

    private boolean hasRow(Lock lock) {
        return rows.stream()
                .anyMatch(row ->
                        row.contains("`" + lock.type + "`") && row.contains("`" + lock.name + "`"));
    }

    private static Stream<SourceFile> sources() {
        return Checkout.here().files().stream()
                .filter(SourceFile::isJava)
                .filter(SourceFile::isMain)
                .filter(file -> ELSEWHERE.stream().noneMatch(file.path()::startsWith));
    }

    private static String simpleName(SourceFile file) {
        return String.valueOf(Path.of(file.path()).getFileName()).replace(".java", "");
    }

    private static List<String> rows() {
        try (Stream<String> lines =
                Files.lines(Checkout.here().root().resolve("docs/concurrency.md"))) {
            return lines.filter(line -> line.startsWith("| ")).toList();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
