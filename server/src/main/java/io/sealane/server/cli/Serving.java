package io.sealane.server.cli;

import io.sealane.config.ConfigResult;
import io.sealane.config.ConfigSource;
import io.sealane.config.LogFormat;
import io.sealane.config.SealaneConfig;
import io.sealane.core.event.Event;
import io.sealane.server.Composition;
import io.sealane.server.MountFolders;
import io.sealane.server.StartFailure;
import io.sealane.server.log.EventLog;
import io.sealane.server.log.LibraryLog;
import java.io.PrintWriter;
import java.lang.System.Logger.Level;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/// The server in the foreground, until SIGTERM or SIGINT.
final class Serving {
    private final ConfigOption configOption;
    private final Level logged;
    private final PrintWriter out;
    private final PrintWriter err;

    private volatile Optional<Composition> started = Optional.empty();
    private volatile boolean hasFailed;

    /// @param logged least level of what the log has
    Serving(ConfigOption configOption, Level logged, PrintWriter out, PrintWriter err) {
        this.configOption = configOption;
        this.logged = logged;
        this.out = out;
        this.err = err;
    }

    /// Serves, and returns by failures alone: a signal ends the process.
    void run() throws CommandFailure, InterruptedException {
        // First: a signal may come while it starts, too.
        Runtime.getRuntime().addShutdownHook(new Thread(this::end, "shutdown"));
        try {
            serve();
        } catch (CommandFailure | RuntimeException | Error failed) {
            hasFailed = true;
            throw failed;
        }
    }

    private void serve() throws CommandFailure, InterruptedException {
        ConfigResult.Ok loaded = configOption.loaded(err);
        SealaneConfig config = loaded.config();
        EventLog log = EventLog.toStandardError(config.log().format(), logged);
        LibraryLog.leadTo(log);
        Thread.setDefaultUncaughtExceptionHandler(
                (thread, defect) -> log.accept(Event.Defect.of("-", thread.getName(), defect)));
        loaded.warnings()
                .forEach(warning -> log.note(Level.WARNING, "config-doubtful", warning.toString()));
        MountFolders.doubts(config)
                .forEach(doubt -> log.note(Level.WARNING, "config-doubtful", doubt));
        Composition running = start(config, log);
        started = Optional.of(running);
        running.announcement().forEach(out::println);
        new CountDownLatch(1).await(); // The shutdown hook ends the process.
    }

    private Composition start(SealaneConfig config, EventLog log) throws CommandFailure {
        try {
            return Composition.start(config, demoAccount(configOption.source()), log);
        } catch (StartFailure failed) {
            String why = String.valueOf(failed.getMessage());
            if (config.log().format() == LogFormat.JSON) { // Or whoever gathers lines misses it.
                log.note(Level.ERROR, "not-started", why);
            }
            throw new CommandFailure(why);
        }
    }

    /// Ends in order what a signal told to end, which is no failure: without `halt` Java would say
    /// 143 or 130 for it.
    private void end() {
        started.ifPresent(Composition::close);
        if (!hasFailed) {
            Runtime.getRuntime().halt(0);
        }
    }

    private static Composition.DemoAccount demoAccount(ConfigSource source) {
        return switch (source) {
            case ConfigSource.OfFile file -> Composition.DemoAccount.NO;
            case ConfigSource.ZeroConfig zero -> Composition.DemoAccount.IF_NOBODY_IS_THERE;
        };
    }
}
