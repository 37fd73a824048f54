package io.sealane.server.log;

import io.sealane.config.LogFormat;
import io.sealane.core.event.Event;
import io.sealane.core.event.EventSink;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Writes events as log lines. The keys are the components of the event, in their order. Safe from
/// any thread. Where nobody reads the log, one thread waits until somebody does, and the lines of
/// others are left out; so are those that its file has no room for. The next line that is written
/// tells how many.
public final class EventLog implements EventSink {
    /// One key and its value.
    record Field(String key, String value) {}

    /// How lines look.
    sealed interface LineFormat permits TextLines, JsonLines {
        String line(Instant time, Level level, List<Field> fields);
    }

    /// Frames of a stack trace in the one line that a defect gets.
    private static final int FRAMES_MAX = 12;

    /// Throwables of that line: a defect, and what brought it about.
    private static final int CAUSES_MAX = 4;

    private static final ClassValue<EventShape> SHAPES =
            new ClassValue<>() {
                @Override
                protected EventShape computeValue(Class<?> type) {
                    return EventShape.of(type);
                }
            };

    private static final long HALF_A_MILLI = 500_000;
    private static final long MILLIS_PER_SECOND = 1000;

    /// How long a line waits for one before it that nobody reads.
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final ReentrantLock writing = new ReentrantLock();
    private final AtomicLong leftOut = new AtomicLong();
    private volatile boolean stalled;
    private boolean cut; // guarded by writing: a line may have been written in part
    private final LineFormat format;
    private final Level least;
    private final InstantSource clock;
    private final OutputStream stream;

    EventLog(LineFormat format, Level least, InstantSource clock, OutputStream stream) {
        this.format = format;
        this.least = least;
        this.clock = clock;
        this.stream = stream;
    }

    /// A log on standard error.
    ///
    /// @param least lowest level that is written
    public static EventLog toStandardError(LogFormat format, Level least) {
        LineFormat lines =
                switch (format) {
                    case TEXT -> new TextLines();
                    case JSON -> new JsonLines();
                };
        OutputStream stream = new FileOutputStream(FileDescriptor.err);
        return new EventLog(lines, least, InstantSource.system(), stream);
    }

    @Override
    public void accept(Event event) {
        if (event.level().getSeverity() < least.getSeverity()) {
            return;
        }
        write(event.level(), fields(event));
    }

    /// Notes something about the program itself, outside any session.
    public void note(Level level, String event, String message) {
        write(level, List.of(new Field("event", event), new Field("message", message)));
    }

    private void write(Level level, List<Field> fields) {
        Instant now = clock.instant();
        String line = format.line(now, level, fields);
        if (!isTurn()) {
            leftOut.incrementAndGet();
            return;
        }
        try {
            long missing = leftOut.get();
            String gap = missing == 0 ? "" : gap(now, missing) + "\n";
            String text = (cut ? "\n" : "") + gap + line + "\n";
            stream.write(text.getBytes(StandardCharsets.UTF_8)); // blocks while nobody reads
            leftOut.addAndGet(-missing);
            cut = false;
        } catch (IOException _) {
            // a full disk, mostly: there is no other place to tell it
            leftOut.incrementAndGet();
            cut = true;
        } finally {
            writing.unlock();
        }
    }

    /// Waits for whoever writes, but not for long: the server goes on without a log.
    private boolean isTurn() {
        try {
            boolean isTurn =
                    stalled
                            ? writing.tryLock()
                            : writing.tryLock(PATIENCE.toNanos(), TimeUnit.NANOSECONDS);
            stalled = !isTurn;
            return isTurn;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return writing.tryLock();
        }
    }

    private String gap(Instant time, long missing) {
        return format.line(
                time,
                Level.WARNING,
                List.of(
                        new Field("event", "log-stalled"),
                        new Field("message", missing + " lines are missing here")));
    }

    private static List<Field> fields(Event event) {
        EventShape shape = SHAPES.get(event.getClass());
        List<Field> fields = new ArrayList<>(1 + shape.components().size());
        fields.add(new Field("event", shape.name()));
        for (EventShape.Component component : shape.components()) {
            fields.add(new Field(component.key(), text(component.of(event))));
        }
        return fields;
    }

    private static String text(@Nullable Object value) {
        return switch (value) {
            case Duration duration -> seconds(duration);
            case Throwable defect -> describe(defect);
            case Enum<?> word -> word.name().toLowerCase(Locale.ROOT).replace('_', '-');
            case Optional<?> maybe -> maybe.map(EventLog::text).orElse("-");
            case null -> "";
            default -> value.toString();
        };
    }

    /// Seconds with three digits behind the point.
    private static String seconds(Duration duration) {
        long millis = duration.plusNanos(HALF_A_MILLI).toMillis();
        String behind = Long.toString(MILLIS_PER_SECOND + millis % MILLIS_PER_SECOND).substring(1);
        return millis / MILLIS_PER_SECOND + "." + behind + "s";
    }

    /// A defect with where it came from, and its causes alike.
    static String describe(Throwable defect) {
        return Stream.iterate(defect, Objects::nonNull, Throwable::getCause)
                .limit(CAUSES_MAX)
                .map(EventLog::place)
                .collect(Collectors.joining(", caused by "));
    }

    private static String place(Throwable defect) {
        return defect
                + " at "
                + Arrays.stream(defect.getStackTrace())
                        .limit(FRAMES_MAX)
                        .map(StackTraceElement::toString)
                        .collect(Collectors.joining(" < "));
    }
}
