package io.sealane.server.log;

import java.lang.System.Logger.Level;
import java.util.logging.Handler;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/// What libraries, and parts of the program that know no events, give to the JDK's logging: lines
/// of the one log as well. Safe from any thread.
public final class LibraryLog extends Handler {
    private static final String ROOT = "";

    private final EventLog log;
    private final SimpleFormatter messages = new SimpleFormatter();

    private LibraryLog(EventLog log) {
        this.log = log;
    }

    /// Takes all of the process from now on, in place of the JDK's own lines.
    public static void leadTo(EventLog log) {
        LogManager.getLogManager().reset();
        Logger.getLogger(ROOT).addHandler(new LibraryLog(log));
    }

    @Override
    public void publish(LogRecord line) {
        if (!isLoggable(line)) {
            return;
        }
        Throwable thrown = line.getThrown();
        log.note(
                line.getLevel().intValue() >= java.util.logging.Level.SEVERE.intValue()
                        ? Level.ERROR
                        : Level.WARNING,
                "library",
                line.getLoggerName()
                        + ": "
                        + messages.formatMessage(line)
                        + (thrown == null ? "" : " (" + EventLog.describe(thrown) + ")"));
    }

    /// Below a warning there is nothing that an operator could do anything about.
    @Override
    public boolean isLoggable(LogRecord line) {
        return line.getLevel().intValue() >= java.util.logging.Level.WARNING.intValue();
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
}
