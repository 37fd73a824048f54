package io.sealane.core.work;

import io.sealane.core.event.Event;
import io.sealane.core.event.EventSink;
import io.sealane.core.wire.Reply;
import io.sealane.core.wire.Verb;

/// One piece of work on a thread of its own. Tells its listener once how it ended. [#abort] may
/// come from any thread at any time; the end is told after it all the same.
///
/// The thread is a platform thread, because work rarely blocks. Measured: two virtual threads that
/// summed up files in the page cache froze all others on two processors, although they yielded
/// after each chunk: what yields is queued where the same carrier looks next.
public final class WorkRun {
    /// What a run is for.
    ///
    /// @param session id for the log
    /// @param name of the thread
    /// @param path what it works on, for STAT
    public record Surroundings(
            String session, String name, Verb verb, String path, EventSink events) {}

    /// Whom the run tells. Called on the run's thread, once.
    @FunctionalInterface
    public interface Listener {
        /// All is over and closed: the final reply is due.
        void ended(WorkRun run, Reply reply);
    }

    private final Work work;
    private final Surroundings surroundings;
    private final Listener listener;
    private final WorkProgress progress = new WorkProgress();

    public WorkRun(Work work, Surroundings surroundings, Listener listener) {
        this.work = work;
        this.surroundings = surroundings;
        this.listener = listener;
    }

    /// Begins; the listener hears of the end.
    public void start() {
        try {
            Thread.ofPlatform().daemon().name(surroundings.name()).start(this::run);
        } catch (RuntimeException | Error unstarted) { // Also where there may be no more threads.
            listener.ended(this, defect(unstarted));
        }
    }

    public Verb verb() {
        return surroundings.verb();
    }

    public String path() {
        return surroundings.path();
    }

    /// Octets dealt with so far.
    public long octets() {
        return progress.octets();
    }

    /// Ends it from outside, at its next chunk; what is published by then stays.
    public void abort() {
        progress.abort();
    }

    private void run() {
        listener.ended(this, outcome());
    }

    private Reply outcome() {
        try {
            return work.run(progress);
        } catch (AbortedException aborted) {
            return Reply.WORK_ABORTED;
        } catch (RuntimeException | Error defect) {
            return defect(defect);
        }
    }

    private Reply defect(Throwable cause) {
        Event.Defect defect =
                Event.Defect.of(surroundings.session(), surroundings.verb().name(), cause);
        surroundings.events().accept(defect);
        return Reply.defect(defect.incident());
    }
}
