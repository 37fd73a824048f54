package io.sealane.testkit;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/// A server run as a child process, ended at the latest by [#close()]. Ends its own process only,
/// never that one's children: a script is to `exec` the server. Safe for use by any thread.
public final class ServerProcess implements AutoCloseable {
    /// What an orderly end may take before [#close()] kills.
    private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(10);

    /// Exit code of a JVM that met a fatal error, as the JDK reports a process that SIGABRT ended.
    private static final int ABORTED = 128 + 6;

    private final Process process;
    private final String command;
    private final OutputLines output = new OutputLines();

    private ServerProcess(Process process, String command) {
        this.process = process;
        this.command = command;
    }

    /// A process to be: what to run, with what added to the environment, and where.
    public record Plan(List<String> command, Map<String, String> environment, Path folder) {
        public Plan {
            command = List.copyOf(command);
            environment = Map.copyOf(environment);
        }

        public Plan environment(String name, String value) {
            Map<String, String> more = new TreeMap<>(environment);
            more.put(name, value);
            return new Plan(command, more, folder);
        }

        public Plan folder(Path other) {
            return new Plan(command, environment, other);
        }

        /// Starts the process, its standard input at its end.
        public ServerProcess start() throws IOException {
            return ServerProcess.start(this);
        }
    }

    public static Plan command(String... command) {
        return new Plan(List.of(command), Map.of(), Path.of("."));
    }

    public static Plan command(List<String> command) {
        return new Plan(command, Map.of(), Path.of("."));
    }

    private static ServerProcess start(Plan plan) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(plan.command());
        builder.environment().putAll(plan.environment());
        Process process = builder.directory(plan.folder().toFile()).start();
        ServerProcess server = new ServerProcess(process, String.join(" ", plan.command()));
        process.getOutputStream().close();
        server.output.follow("stdout-" + process.pid(), process.getInputStream());
        server.output.follow("stderr-" + process.pid(), process.getErrorStream());
        return server;
    }

    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /// Returns the last lines of standard output and standard error, in order of arrival.
    public List<String> lines() {
        return output.all();
    }

    /// Waits for a line in which the expression is found, and returns the match with its groups.
    /// Lines printed already count.
    ///
    /// @throws ProbeTimeout with all that was printed, if none comes in time or the process ends
    public MatchResult awaitLine(String expression, Duration timeout) throws InterruptedException {
        return output.await(Pattern.compile(expression), timeout)
                .orElseThrow(() ->
                        new ProbeTimeout("no line '" + expression + "' within " + timeout + this));
    }

    /// Sends SIGTERM and waits for the end.
    ///
    /// @throws ProbeTimeout if the process does not end in time; it then still runs
    public int terminate(Duration timeout) throws InterruptedException {
        process.destroy();
        return awaitExit(timeout);
    }

    /// Sends SIGKILL and waits for the end.
    public int kill() throws InterruptedException {
        process.destroyForcibly();
        return awaitExit(CLOSE_PATIENCE);
    }

    /// Waits for the process to end by itself, and for its last lines.
    ///
    /// @throws ProbeTimeout if it does not in time
    public int awaitExit(Duration timeout) throws InterruptedException {
        if (!process.waitFor(timeout.toNanos(), TimeUnit.NANOSECONDS)) {
            throw new ProbeTimeout("the process did not end within " + timeout + this);
        }
        output.awaitEnd(CLOSE_PATIENCE);
        return process.exitValue();
    }

    /// Returns the exit code, empty while the process runs.
    public OptionalInt exitCode() {
        return process.isAlive() ? OptionalInt.empty() : OptionalInt.of(process.exitValue());
    }

    /// Ends the process, if it still runs.
    ///
    /// @throws AssertionError with all that was printed, if it had crashed: whatever a test found
    ///   before that is only the consequence
    @Override
    public void close() {
        end();
        if (exitCode().equals(OptionalInt.of(ABORTED))) {
            throw new AssertionError("the process crashed" + this);
        }
    }

    private void end() {
        try {
            process.destroy();
            if (!process.waitFor(CLOSE_PATIENCE.toNanos(), TimeUnit.NANOSECONDS)) {
                kill();
            }
        } catch (InterruptedException _) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public String toString() {
        String state = isAlive() ? " runs" : " ended with " + process.exitValue();
        String printed = String.join("\n  ", lines());
        return "\n" + command + " (" + pid() + ")" + state + ", printed:\n  " + printed;
    }
}
