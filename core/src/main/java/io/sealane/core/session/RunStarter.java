package io.sealane.core.session;

import io.sealane.core.transfer.Transfer;
import io.sealane.core.wire.CommandLine;
import io.sealane.core.work.WorkRun;

/// Makes what a session runs on other threads, and names those threads. Belongs to whoever has its
/// turn.
final class RunStarter {
    private final SessionSetup setup;
    private final ControlSession session;
    private final String client;
    private long made;

    /// @param session hears of the ends
    /// @param client its address, for the log
    RunStarter(SessionSetup setup, ControlSession session, String client) {
        this.setup = setup;
        this.session = session;
        this.client = client;
    }

    Running transfer(CommandLine command, Outcome.Moved moved, SessionState state) {
        return new Running.Moving(
                new Transfer(
                        moved.plan(),
                        moved.offer(),
                        command.verb(),
                        moved.path(),
                        new Transfer.Surroundings(
                                setup.id(),
                                setup.listener(),
                                state.user().orElse("-"),
                                client,
                                state.link().softwareInLog(),
                                threadName("transfer"),
                                moved.policy(),
                                setup.trial(),
                                setup.limits(),
                                setup.watchdog(),
                                setup.buffers(),
                                setup.events()),
                        session));
    }

    Running work(CommandLine command, Outcome.Worked worked) {
        return new Running.Working(
                new WorkRun(
                        worked.work(),
                        new WorkRun.Surroundings(
                                setup.id(),
                                threadName("work"),
                                command.verb(),
                                worked.path(),
                                setup.events()),
                        session),
                command);
    }

    private String threadName(String kind) {
        made++;
        return kind + "-" + setup.id() + "-" + made;
    }
}
