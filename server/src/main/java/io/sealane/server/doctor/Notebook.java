package io.sealane.server.doctor;

import io.sealane.server.doctor.Times.TimeUsedUp;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What was found at one place. A probe that fails is itself a finding; behind three in a row that
/// count no more are begun, so that a server which answers nothing does not cost the time of them
/// all. Belongs to one thread.
final class Notebook {
    static final int FAILURES_MAX = 3;

    private final Place place;
    private final List<Observation> observations = new ArrayList<>();
    private int failures;
    private boolean closed;

    Notebook(Place place) {
        this.place = place;
    }

    /// Something that is asked of the server.
    @FunctionalInterface
    interface Probe {
        void run() throws IOException;
    }

    void add(Finding finding, String seen) {
        observations.add(new Observation(finding, Optional.of(place), seen));
    }

    boolean has(Finding finding) {
        return observations.stream().anyMatch(seen -> seen.finding() == finding);
    }

    /// Whether probes are still begun.
    boolean isOpen() {
        return !closed;
    }

    List<Observation> all() {
        return List.copyOf(observations);
    }

    /// Runs a probe, unless too many have failed.
    ///
    /// @param what completes the sentence "... failed"
    /// @return whether it got its answers
    boolean attempt(String what, Probe probe) {
        if (succeeds(Finding.PROBE_FAILED, what, probe)) {
            failures = 0;
            return true;
        }
        if (!closed) {
            failures++;
            if (failures == FAILURES_MAX) {
                closed = true;
                add(Finding.GAVE_UP, "after: " + what);
            }
        }
        return false;
    }

    /// The same for one whose failure says nothing of those behind it, and does not count.
    void attemptAside(Finding failure, String what, Probe probe) {
        succeeds(failure, what, probe);
    }

    private boolean succeeds(Finding failure, String what, Probe probe) {
        if (closed) {
            return false;
        }
        try {
            probe.run();
            return true;
        } catch (TimeUsedUp over) {
            closed = true;
            add(Finding.TIME_USED_UP, "before: " + what);
        } catch (IOException failed) {
            add(failure, what + ": " + reason(failed));
        }
        return false;
    }

    /// An exception's message, safe to show.
    static String reason(IOException failed) {
        String message = failed.getMessage();
        return message == null ? failed.getClass().getSimpleName() : Reply.shown(message);
    }
}
