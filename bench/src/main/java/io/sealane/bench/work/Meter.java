package io.sealane.bench.work;

import io.sealane.bench.server.Running;
import java.io.IOException;

/// What a server used, and how long it took, from [#start] on.
final class Meter {
    private static final double NANOS = 1e9;

    private final Running server;
    private final long cpuBegin;
    private final long begin;

    private Meter(Running server) throws IOException {
        this.server = server;
        this.cpuBegin = server.group().cpuNanos();
        this.begin = System.nanoTime();
    }

    static Meter start(Running server) throws IOException {
        return new Meter(server);
    }

    /// Processor time of all of the server's processes, user and system.
    double cpuSeconds() throws IOException {
        return (server.group().cpuNanos() - cpuBegin) / NANOS;
    }

    double seconds() {
        return (System.nanoTime() - begin) / NANOS;
    }
}
