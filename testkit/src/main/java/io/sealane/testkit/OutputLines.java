package io.sealane.testkit;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The lines a child process has printed, read by a thread per stream, waited for by any. They are
/// platform threads: a read from a pipe would hold a virtual thread's carrier.
final class OutputLines {
    /// Lines kept; the oldest go first. A server under test logs a few per session.
    static final int LINES_MAX = 20_000;

    /// Guards all fields below; never held during I/O.
    private final ReentrantLock lock = new ReentrantLock();

    private final Condition changed = lock.newCondition();
    private final Deque<String> lines = new ArrayDeque<>();
    private long dropped;
    private int openStreams;
    private long changes;

    /// Begins to read a stream to its end.
    void follow(String threadName, InputStream stream) {
        lock.lock();
        try {
            openStreams++;
        } finally {
            lock.unlock();
        }
        Thread.ofPlatform().daemon().name(threadName).start(() -> readAll(stream));
    }

    List<String> all() {
        lock.lock();
        try {
            return List.copyOf(lines);
        } finally {
            lock.unlock();
        }
    }

    /// Returns the first line, printed already or yet to come, in which the pattern is found; empty
    /// when the time is over or the streams have ended.
    Optional<MatchResult> await(Pattern pattern, Duration timeout) throws InterruptedException {
        Deadline deadline = Deadline.in(timeout);
        long looked = 0;
        lock.lock();
        try {
            while (true) {
                for (String line : lines.stream().skip(Math.max(0, looked - dropped)).toList()) {
                    Matcher matcher = pattern.matcher(line);
                    if (matcher.find()) {
                        return Optional.of(matcher.toMatchResult());
                    }
                }
                looked = dropped + lines.size();
                if (openStreams == 0 || !waitForChange(deadline)) {
                    return Optional.empty();
                }
            }
        } finally {
            lock.unlock();
        }
    }

    /// Waits until all streams have ended.
    void awaitEnd(Duration timeout) throws InterruptedException {
        Deadline deadline = Deadline.in(timeout);
        lock.lock();
        try {
            while (openStreams > 0 && waitForChange(deadline)) {}
        } finally {
            lock.unlock();
        }
    }

    /// Called with the lock held; tells whether there was a change before the deadline.
    private boolean waitForChange(Deadline deadline) throws InterruptedException {
        long seen = changes;
        while (changes == seen) {
            if (!changed.await(deadline.remaining().toNanos(), TimeUnit.NANOSECONDS)) {
                return false;
            }
        }
        return true;
    }

    private void readAll(InputStream stream) {
        try (BufferedReader reader =
                new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                add(line);
            }
        } catch (IOException _) {
            // The process was killed and its pipe closed: that is an end, too.
        } finally {
            ended();
        }
    }

    private void add(String line) {
        lock.lock();
        try {
            if (lines.size() == LINES_MAX) {
                lines.removeFirst();
                dropped++;
            }
            lines.addLast(line);
            changes++;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void ended() {
        lock.lock();
        try {
            openStreams--;
            changes++;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
