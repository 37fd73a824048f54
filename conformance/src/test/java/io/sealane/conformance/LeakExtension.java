package io.sealane.conformance;

import io.sealane.testkit.LeakCheck;
import io.sealane.testkit.LeakCheck.Resource;
import io.sealane.testkit.LeakCheck.Snapshot;
import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/// Fails a test that leaves a thread of a server or a probe, a socket, a selector or a listening
/// port behind. Registered for every test of the module by the service loader.
///
/// Jars and native libraries are left out: the class loader opens them when it likes.
public final class LeakExtension implements BeforeEachCallback, AfterEachCallback {
    private static final Duration PATIENCE = Duration.ofSeconds(8);
    private static final long POLL_NANOS = 10_000_000;
    private static final Namespace NAMESPACE = Namespace.create(LeakExtension.class);
    private static final String BEFORE = "before";

    private static final List<String> OWN_THREADS =
            List.of("ctl-", "data-", "transfer-", "probe-", "fault-proxy-");
    private static final List<String> OWN_PLATFORM_THREADS =
            List.of("accept-", "watchdog", "password-hash-", "work-");
    private static final List<String> OWN_FILES = List.of("socket:", "anon_inode:[eventpoll]");

    private static final LeakCheck LEAKS = LeakCheck.ofThisProcess();

    /// What one moment held of the kinds that count.
    private record Held(Set<String> names) {
        static Held now() throws IOException {
            Snapshot snapshot = LEAKS.snapshot();
            Set<String> names = new HashSet<>();
            add(names, "thread ", snapshot.names(Resource.VIRTUAL_THREADS), OWN_THREADS);
            add(names, "thread ", snapshot.names(Resource.PLATFORM_THREADS), OWN_PLATFORM_THREADS);
            add(names, "file ", snapshot.names(Resource.FILES), OWN_FILES);
            snapshot.names(Resource.LISTENING_PORTS)
                    .forEach(port -> names.add("listening " + port));
            return new Held(names);
        }

        Set<String> without(Held before) {
            Set<String> more = new TreeSet<>(names);
            more.removeAll(before.names);
            return more;
        }

        private static void add(
                Set<String> names, String kind, Set<String> found, List<String> counted) {
            found.stream()
                    .filter(name -> counted.stream().anyMatch(own -> name.contains(" " + own)))
                    .forEach(name -> names.add(kind + name));
        }
    }

    @Override
    public void beforeEach(ExtensionContext context) throws IOException {
        WarmUp.once();
        context.getStore(NAMESPACE).put(BEFORE, Held.now());
    }

    @Override
    public void afterEach(ExtensionContext context) throws IOException {
        Held before = context.getStore(NAMESPACE).get(BEFORE, Held.class);
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        Set<String> left = Held.now().without(before);
        while (!left.isEmpty()) {
            if (deadline - System.nanoTime() < 0) {
                throw new AssertionError("the test left behind:\n  " + String.join("\n  ", left));
            }
            LockSupport.parkNanos(POLL_NANOS);
            left = Held.now().without(before);
        }
    }
}
