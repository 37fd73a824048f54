package io.sealane.bench.work;

import io.sealane.bench.server.Running;
import io.sealane.bench.server.Site;
import io.sealane.bench.server.Site.Keys;
import io.sealane.testkit.ProbeClient;
import java.io.IOException;
import java.util.List;

/// Sessions that come, shake hands in full, log in and quit.
final class Logins implements Work {
    private static final int SESSIONS_MAX = 200;
    private static final int SESSIONS_MIN = 5;

    /// A server whose hash takes a second is not asked two hundred times.
    private static final double SECONDS_ENOUGH = 3;

    private static final double MILLIS = 1e3;
    private static final double GOAL_MILLIS = 2.5;

    /// Measured: a JVM goes on compiling what a login needs for some six thousand of them.
    private static final int WARM_UP_ROUNDS = 32;

    private final Keys keys;
    private final Row cpu;
    private final Row time;

    private Logins(Keys keys) {
        this.keys = keys;
        this.cpu = Row.less(name() + ", processor", "CPU ms").goal(GOAL_MILLIS);
        this.time = Row.less(name() + ", time", "ms");
    }

    static List<Work> all() {
        return List.of(new Logins(Keys.RSA), new Logins(Keys.ECDSA));
    }

    @Override
    public String group() {
        return "logins";
    }

    @Override
    public String name() {
        return "login by TLS, " + keys;
    }

    @Override
    public Keys keys() {
        return keys;
    }

    @Override
    public int warmUpRounds() {
        return WARM_UP_ROUNDS;
    }

    @Override
    public void run(Site site, Running server, Sheet sheet) throws IOException {
        Meter meter = Meter.start(server);
        int done = 0;
        while (done < SESSIONS_MAX && (done < SESSIONS_MIN || meter.seconds() < SECONDS_ENOUGH)) {
            try (ProbeClient client = server.login()) {
                client.send("QUIT").expect(221).awaitEnd();
            }
            done++;
        }
        sheet.add(time, server.name(), MILLIS * meter.seconds() / done);
        sheet.add(cpu, server.name(), MILLIS * meter.cpuSeconds() / done);
    }
}
