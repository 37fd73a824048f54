package io.sealane.bench.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A control group of Linux (version 1 or 2) for one server and all processes that it starts: the
/// kernel counts what they use, those included that have ended.
public final class ControlGroup implements AutoCloseable {
    private static final Path MOUNTS = Path.of("/sys/fs/cgroup");
    private static final String NO_PROCESS = "No such process"; // strerror(ESRCH)
    private static final int NANOS_PER_MICRO = 1_000;

    private final Path folder;
    private final boolean first;

    private ControlGroup(Path folder, boolean first) {
        this.folder = folder;
        this.first = first;
    }

    /// @throws IOException if this user may make none, or the kernel has none
    public static ControlGroup create(String name) throws IOException {
        String unique = "sealane-bench-" + ProcessHandle.current().pid() + "-" + name;
        Path accounting = MOUNTS.resolve("cpuacct");
        boolean first = Files.isDirectory(accounting);
        Path folder = (first ? accounting : MOUNTS).resolve(unique);
        Files.createDirectory(folder);
        return new ControlGroup(folder, first);
    }

    /// The command, run inside of the group.
    List<String> inside(List<String> command) {
        List<String> whole = new ArrayList<>();
        whole.addAll(List.of("sh", "-c", "echo $$ > \"$0\" && exec \"$@\""));
        whole.add(folder.resolve("cgroup.procs").toString());
        whole.addAll(command);
        return whole;
    }

    /// Processor time so far, user and system, in nanoseconds.
    public long cpuNanos() throws IOException {
        if (first) {
            return Long.parseLong(Files.readString(folder.resolve("cpuacct.usage")).strip());
        }
        return NANOS_PER_MICRO * number(folder.resolve("cpu.stat"), "usage_usec");
    }

    /// What the processes hold in memory, in KiB; a page that several share counts once in all.
    public long memoryKibibytes() throws IOException {
        long sum = 0;
        for (String process : Files.readAllLines(folder.resolve("cgroup.procs"))) {
            sum += proportionalKibibytes(process);
        }
        return sum;
    }

    /// One that has just ended, or whose parent has not asked for its end yet, holds nothing.
    private static long proportionalKibibytes(String process) throws IOException {
        try {
            return number(Path.of("/proc", process, "smaps_rollup"), "Pss:");
        } catch (NoSuchFileException ended) {
            return 0;
        } catch (IOException failed) { // Of open with the file's name in front, of read without.
            if (String.valueOf(failed.getMessage()).endsWith(NO_PROCESS)) {
                return 0;
            }
            throw failed;
        }
    }

    /// How many processes are in it.
    public long processes() throws IOException {
        return Files.readAllLines(folder.resolve("cgroup.procs")).size();
    }

    private static long number(Path file, String key) throws IOException {
        Optional<String> line =
                Files.readAllLines(file).stream().filter(text -> text.startsWith(key)).findFirst();
        String text = line.orElseThrow(() -> new IOException("no " + key + " in " + file));
        return Long.parseLong(text.substring(key.length()).replaceAll("\\D", ""));
    }

    /// Ends what is left in it, and removes it.
    @Override
    public void close() throws IOException {
        for (String process : Files.readAllLines(folder.resolve("cgroup.procs"))) {
            ProcessHandle.of(Long.parseLong(process))
                    .ifPresent(left -> {
                        left.destroyForcibly();
                        left.onExit().join();
                    });
        }
        Files.delete(folder);
    }
}
