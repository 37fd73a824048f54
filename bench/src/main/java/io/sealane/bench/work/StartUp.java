package io.sealane.bench.work;

import io.sealane.bench.server.Running;
import io.sealane.bench.server.Site;

/// From the start of the process to the first greeting, after the files were read once.
final class StartUp implements Work {
    private static final double NANOS = 1e9;
    private static final double GOAL_SECONDS = 0.6;

    private final Row time = Row.less("start-up, time", "s").goal(GOAL_SECONDS);
    private final Row cpu = Row.less("start-up, processor", "CPU s");

    @Override
    public String group() {
        return "start-up";
    }

    @Override
    public String name() {
        return "start-up";
    }

    @Override
    public boolean wantsFreshServer() {
        return true;
    }

    @Override
    public void run(Site site, Running server, Sheet sheet) {
        sheet.add(time, server.name(), server.startNanos() / NANOS);
        sheet.add(cpu, server.name(), server.startCpuNanos() / NANOS);
    }
}
