package io.sealane.core.session;

import io.sealane.core.transfer.Transfer;
import io.sealane.core.wire.CommandLine;
import io.sealane.core.wire.Verb;
import io.sealane.core.work.WorkRun;
import java.util.OptionalLong;

/// What a session has begun on another thread and not heard the end of. There is one at most:
/// commands that need the files wait for it, the others are served meanwhile.
sealed interface Running {
    /// For STAT.
    Verb verb();

    String path();

    long octets();

    /// How many octets it will be, where that is known.
    OptionalLong octetsInAll();

    void start();

    /// Ends it from outside; its end is told all the same.
    void abort();

    /// The control connection ended without QUIT.
    void controlGone();

    record Moving(Transfer transfer) implements Running {
        @Override
        public Verb verb() {
            return transfer.verb();
        }

        @Override
        public String path() {
            return transfer.path();
        }

        @Override
        public long octets() {
            return transfer.bytes();
        }

        @Override
        public OptionalLong octetsInAll() {
            return transfer.octets();
        }

        @Override
        public void start() {
            transfer.start();
        }

        @Override
        public void abort() {
            transfer.abort();
        }

        @Override
        public void controlGone() {
            transfer.controlGone();
        }
    }

    /// @param command for the log, once it is answered
    record Working(WorkRun run, CommandLine command) implements Running {
        @Override
        public Verb verb() {
            return run.verb();
        }

        @Override
        public String path() {
            return run.path();
        }

        @Override
        public long octets() {
            return run.octets();
        }

        @Override
        public OptionalLong octetsInAll() {
            return OptionalLong.empty();
        }

        @Override
        public void start() {
            run.start();
        }

        @Override
        public void abort() {
            run.abort();
        }

        /// Nobody is left to be told what comes of it.
        @Override
        public void controlGone() {
            run.abort();
        }
    }
}
