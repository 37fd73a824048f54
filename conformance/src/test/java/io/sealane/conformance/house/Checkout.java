package io.sealane.conformance.house;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The files that people wrote, without what builds and servers leave behind.
record Checkout(Path root) {
    private static final Set<String> FOREIGN_FOLDERS =
            Set.of(
                    "target",
                    "node_modules",
                    ".git",
                    ".idea",
                    ".vscode",
                    ".sealane-build",
                    "sealane-data");
    private static final Pattern TEXT =
            Pattern.compile(".*\\.(java|md|xml|sh|yaml|yml|txt)|(.*/)?(sealane|dev|run)");

    /// The checkout that the tests run in.
    static Checkout here() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.isDirectory(folder.resolve(".mvn"))) {
            Path parent = folder.getParent();
            if (parent == null) {
                throw new IllegalStateException("not started in a checkout");
            }
            folder = parent;
        }
        return new Checkout(folder);
    }

    List<SourceFile> files() {
        List<SourceFile> files = new ArrayList<>();
        try {
            Files.walkFileTree(root, new Collector(files));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return files;
    }

    boolean exists(String path) {
        return Files.exists(root.resolve(path).normalize());
    }

    /// Whether a module has this path below `src/main/java` or `src/test/java`.
    boolean hasSource(String path) {
        try (Stream<Path> modules = Files.list(root)) {
            return modules.anyMatch(module ->
                    Files.exists(module.resolve("src/main/java").resolve(path))
                            || Files.exists(module.resolve("src/test/java").resolve(path)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private final class Collector extends SimpleFileVisitor<Path> {
        private final List<SourceFile> files;

        Collector(List<SourceFile> files) {
            this.files = files;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            return FOREIGN_FOLDERS.contains(String.valueOf(folder.getFileName()))
                    ? FileVisitResult.SKIP_SUBTREE
                    : FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                throws IOException {
            String path = root.relativize(file).toString().replace('\\', '/');
            if (attributes.isRegularFile() && TEXT.matcher(path).matches()) {
                files.add(new SourceFile(path, Files.readString(file)));
            }
            return FileVisitResult.CONTINUE;
        }
    }
}
