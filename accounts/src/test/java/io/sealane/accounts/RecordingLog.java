package io.sealane.accounts;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/// Records what one class logs, instead of printing it. While none is open, it is printed.
final class RecordingLog extends Handler implements AutoCloseable {
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final Logger logger;

    private RecordingLog(Logger logger) {
        this.logger = logger;
        setFormatter(new SimpleFormatter());
    }

    static RecordingLog of(Class<?> logging) {
        RecordingLog log = new RecordingLog(Logger.getLogger(logging.getName()));
        log.logger.setUseParentHandlers(false);
        log.logger.addHandler(log);
        return log;
    }

    /// Level and message of each record, in order.
    List<String> lines() {
        return lines;
    }

    @Override
    public void publish(LogRecord logged) {
        lines.add(logged.getLevel().getName() + " " + getFormatter().formatMessage(logged));
    }

    @Override
    public void flush() {
        // nothing is buffered
    }

    @Override
    public void close() {
        logger.removeHandler(this);
        logger.setUseParentHandlers(true);
    }
}
