package io.sealane.testkit;

import java.io.IOException;
import java.time.Duration;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;

/// Finds threads, files and listening ports that a process has kept.
///
/// ```java
/// LeakCheck leaks = LeakCheck.ofThisProcess();
/// LeakCheck.Snapshot before = leaks.snapshot();
/// // open, use and close
/// leaks.assertBackTo(before, Duration.ofSeconds(5));
/// ```
///
/// What was gone since the snapshot is no leak; what is new is one, whatever its number. Needs
/// Linux's `/proc`. Safe for use by any thread, but all that runs in the process is seen.
public final class LeakCheck {
    private static final Duration POLL = Duration.ofMillis(20);

    private final ProcessTables tables;
    private final Set<Resource> watched;

    private LeakCheck(ProcessTables tables, Set<Resource> watched) {
        this.tables = tables;
        this.watched = watched;
    }

    /// The kinds of things that can be kept.
    public enum Resource {
        /// Java threads of this process; of another one, threads of the kernel. Those that the JVM
        /// makes and ends by itself are left out.
        PLATFORM_THREADS,
        /// Named virtual threads. Taking this snapshot costs some ten milliseconds.
        VIRTUAL_THREADS,
        /// Open file descriptors, by what they stand for.
        FILES,
        /// TCP ports listened on.
        LISTENING_PORTS
    }

    /// What a process held at one moment, a name for each thing.
    public record Snapshot(Map<Resource, Set<String>> names) {
        public Snapshot {
            names = Map.copyOf(names);
        }

        public Set<String> names(Resource resource) {
            return names.getOrDefault(resource, Set.of());
        }

        public int count(Resource resource) {
            return names(resource).size();
        }
    }

    /// Watches everything in the JVM of the test.
    public static LeakCheck ofThisProcess() {
        return new LeakCheck(ProcessTables.own(), EnumSet.allOf(Resource.class));
    }

    /// Watches another process. Virtual threads are read with this JDK's `jcmd`, so it must be a
    /// JVM for that; see [#watching].
    public static LeakCheck ofProcess(long pid) {
        return new LeakCheck(
                ProcessTables.of(pid), EnumSet.of(Resource.FILES, Resource.LISTENING_PORTS));
    }

    /// Watches these kinds only.
    public LeakCheck watching(Resource first, Resource... others) {
        return new LeakCheck(tables, EnumSet.of(first, others));
    }

    /// Counts of the virtual threads only those whose name begins so. Unnamed ones are never
    /// counted.
    public LeakCheck virtualThreadsNamed(String prefix) {
        return new LeakCheck(tables.virtualThreadsNamed(prefix), watched);
    }

    public Snapshot snapshot() throws IOException {
        Map<Resource, Set<String>> names = new EnumMap<>(Resource.class);
        for (Resource resource : watched) {
            names.put(resource, tables.names(resource));
        }
        return new Snapshot(names);
    }

    /// Waits until nothing is held that was not held before.
    ///
    /// @throws AssertionError naming what still is, when the time is over
    public void assertBackTo(Snapshot before, Duration patience) throws IOException {
        Deadline deadline = Deadline.in(patience);
        String kept = kept(before);
        while (!kept.isEmpty()) {
            if (deadline.isOver()) {
                throw new AssertionError("still held after " + patience + ":\n" + kept);
            }
            LockSupport.parkNanos(POLL.toNanos());
            kept = kept(before);
        }
    }

    private String kept(Snapshot before) throws IOException {
        Snapshot now = snapshot();
        return watched.stream()
                .sorted(Comparator.naturalOrder())
                .map(resource -> kept(resource, before, now))
                .filter(line -> !line.isEmpty())
                .collect(Collectors.joining("\n"));
    }

    private static String kept(Resource resource, Snapshot before, Snapshot now) {
        Set<String> more = new TreeSet<>(now.names(resource));
        more.removeAll(before.names(resource));
        return more.isEmpty() ? "" : "  " + resource + ": " + String.join(", ", more);
    }
}
