package io.sealane.core.event;

/// Takes events: a log, a counter. Called from any thread, must be quick and must not throw.
@FunctionalInterface
public interface EventSink {
    void accept(Event event);
}
