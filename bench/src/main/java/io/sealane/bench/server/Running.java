package io.sealane.bench.server;

import io.sealane.testkit.ProbeClient;
import io.sealane.testkit.ServerProcess;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/// A server that runs and answers.
public final class Running implements AutoCloseable {
    private static final Duration START_PATIENCE = Duration.ofSeconds(60);
    private static final Duration POLL = Duration.ofMillis(2);

    /// Work on a million files takes some servers a while.
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final String name;
    private final String user;
    private final ServerProcess process;
    private final ControlGroup group;
    private final InetSocketAddress address;
    private final long startNanos;
    private final long startCpuNanos;

    private Running(
            String name,
            String user,
            ServerProcess process,
            ControlGroup group,
            InetSocketAddress address,
            long startNanos,
            long startCpuNanos) {
        this.name = name;
        this.user = user;
        this.process = process;
        this.group = group;
        this.address = address;
        this.startNanos = startNanos;
        this.startCpuNanos = startCpuNanos;
    }

    /// Starts the command and waits until it greets at the port.
    static Running start(String name, String user, int port, List<String> command)
            throws IOException, InterruptedException {
        ControlGroup group = ControlGroup.create(name.replace(' ', '-') + "-" + port);
        InetSocketAddress address = new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port);
        long begin = System.nanoTime();
        ServerProcess process = ServerProcess.command(group.inside(command)).start();
        try {
            awaitGreeting(address, process, begin);
        } catch (IOException | InterruptedException failed) {
            process.close();
            group.close();
            throw failed;
        }
        long nanos = System.nanoTime() - begin;
        return new Running(name, user, process, group, address, nanos, group.cpuNanos());
    }

    private static void awaitGreeting(InetSocketAddress address, ServerProcess process, long begin)
            throws IOException, InterruptedException {
        while (true) {
            try (Socket socket = new Socket()) {
                socket.connect(address);
                if (socket.getInputStream().read() == '2') {
                    return;
                }
                throw new IOException("no greeting from" + process);
            } catch (IOException refused) {
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
                if (!process.isAlive() || System.nanoTime() - begin > START_PATIENCE.toNanos()) {
                    throw new IOException("does not answer:" + process, refused);
                }
                LockSupport.parkNanos(POLL.toNanos());
            }
        }
    }

    /// A port that the kernel chose; nobody takes it in the moment until the server does.
    static int freePort() throws IOException {
        try (ServerSocket chosen = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            return chosen.getLocalPort();
        }
    }

    public String name() {
        return name;
    }

    public String user() {
        return user;
    }

    public int port() {
        return address.getPort();
    }

    public ControlGroup group() {
        return group;
    }

    /// From the start of the process to its first greeting.
    public long startNanos() {
        return startNanos;
    }

    /// What that took of the processors.
    public long startCpuNanos() {
        return startCpuNanos;
    }

    /// A new control connection, secured and logged in, for protected transfers of TYPE I.
    public ProbeClient login() throws IOException {
        ProbeClient client =
                ProbeClient.connect(address, ProbeClient.Settings.DEFAULTS.timeout(PATIENCE));
        try {
            client.expect(220).startTls().login(user, Site.PASSWORD).protect();
            return client.send("TYPE I").expect(200);
        } catch (IOException | RuntimeException failed) {
            client.close();
            throw failed;
        }
    }

    @Override
    public void close() throws IOException {
        try {
            process.close();
        } finally {
            group.close();
        }
    }
}
