package io.sealane.testkit;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// A real client program, run in a folder of the test's choice. Its home is that folder and its
/// locale is C.UTF-8, so that no file of the developer changes what it does. Immutable.
public final class ExternalClient {
    private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(30);

    /// What a child of the program may keep its output open for after its end.
    private static final Duration OUTPUT_PATIENCE = Duration.ofSeconds(10);

    private final Path program;
    private final Settings settings;

    private ExternalClient(Path program, Settings settings) {
        this.program = program;
        this.settings = settings;
    }

    /// The programs that tests may ask for.
    public enum Tool {
        CURL("curl"),
        LFTP("lftp"),
        PYTHON("python3"),
        OPENSSL("openssl"),
        NCFTP("ncftp"),
        NCFTPGET("ncftpget"),
        NCFTPLS("ncftpls"),
        NCFTPPUT("ncftpput"),
        TNFTP("tnftp"),
        GNUTLS_CLI("gnutls-cli"),
        RCLONE("rclone"),
        WGET("wget"),
        /// An ACME authority for tests.
        PEBBLE("pebble"),
        PERL("perl", "-MIO::Socket::SSL", "-MJSON::PP", "-MNet::FTP", "-e", "1"),
        RUBY("ruby", "-e", "require 'json'; require 'net/ftp'; require 'openssl'"),
        NODE("node", "-e", "require('basic-ftp')"),
        PHP("php", "-r", "exit(function_exists('ftp_ssl_connect') ? 0 : 1);"),
        VSFTPD("vsftpd"),
        PROFTPD("proftpd"),
        PURE_FTPD("pure-ftpd");

        private final String program;
        private final List<String> trial;

        /// @param trial arguments with which it ends well if it has all that tests want of it
        Tool(String program, String... trial) {
            this.program = program;
            this.trial = List.of(trial);
        }

        public String program() {
            return program;
        }

        /// The command line that ends well where tests can use it.
        public String wanted() {
            return trial.isEmpty() ? program : program + " " + String.join(" ", trial);
        }
    }

    /// What a program printed, as UTF-8, and its exit code.
    public record Run(int exitCode, String output, String errors) {
        /// Asserts that the program ended with 0.
        public Run expectSuccess() {
            if (exitCode != 0) {
                throw new AssertionError("the client failed: " + this);
            }
            return this;
        }
    }

    private record Settings(
            Path folder, String input, Duration timeout, Map<String, String> environment) {}

    /// Looks for a tool on PATH, with all that tests want of it; a test that finds none is to be
    /// skipped, not passed.
    public static Optional<ExternalClient> find(Tool tool) {
        return find(tool, Optional.ofNullable(System.getenv("PATH")).orElse(""));
    }

    static Optional<ExternalClient> find(Tool tool, String searchPath) {
        return Arrays.stream(searchPath.split(File.pathSeparator))
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder, tool.program()))
                .filter(Files::isExecutable)
                .findFirst()
                .map(ExternalClient::at)
                .filter(client -> client.stands(tool.trial));
    }

    private boolean stands(List<String> trial) {
        try {
            return trial.isEmpty() || run(trial.toArray(String[]::new)).exitCode() == 0;
        } catch (IOException _) {
            return false;
        }
    }

    /// Takes a program that need not be on PATH.
    public static ExternalClient at(Path program) {
        return new ExternalClient(
                program, new Settings(Path.of("."), "", DEFAULT_TIMEOUT, Map.of()));
    }

    /// The program itself.
    public Path program() {
        return program;
    }

    /// Runs in this folder.
    public ExternalClient in(Path folder) {
        return with(new Settings(folder, settings.input, settings.timeout, settings.environment));
    }

    /// Gives this on standard input; without it, standard input is at its end at once.
    public ExternalClient input(String text) {
        return with(new Settings(settings.folder, text, settings.timeout, settings.environment));
    }

    /// Allows this much time.
    public ExternalClient within(Duration timeout) {
        return with(new Settings(settings.folder, settings.input, timeout, settings.environment));
    }

    public ExternalClient environment(String name, String value) {
        Map<String, String> more = new TreeMap<>(settings.environment);
        more.put(name, value);
        return with(new Settings(settings.folder, settings.input, settings.timeout, more));
    }

    private ExternalClient with(Settings other) {
        return new ExternalClient(program, other);
    }

    /// Runs to the end.
    ///
    /// @throws ProbeTimeout with what was printed so far; the program is killed
    public Run run(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(program.toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).directory(settings.folder.toFile());
        builder.environment().put("HOME", settings.folder.toAbsolutePath().toString());
        builder.environment().put("LC_ALL", "C.UTF-8");
        builder.environment().putAll(settings.environment);
        Process process = builder.start();
        try {
            return collect(process, String.join(" ", command));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while running " + program, interrupted);
        } finally {
            process.destroyForcibly();
        }
    }

    private Run collect(Process process, String command) throws IOException, InterruptedException {
        FutureTask<String> output = reading(process.getInputStream());
        FutureTask<String> errors = reading(process.getErrorStream());
        background("external-client-input", () -> give(process.getOutputStream()));
        boolean ended = process.waitFor(settings.timeout.toNanos(), TimeUnit.NANOSECONDS);
        if (!ended) {
            process.destroyForcibly().waitFor();
        }
        Run run = new Run(process.exitValue(), text(output), text(errors));
        if (!ended) {
            throw new ProbeTimeout(
                    command + " did not end within " + settings.timeout + ": " + run);
        }
        return run;
    }

    private void give(OutputStream standardInput) {
        try (standardInput) {
            standardInput.write(settings.input.getBytes(StandardCharsets.UTF_8));
        } catch (IOException _) {
            // The program ended without reading it all; its exit code tells what that means.
        }
    }

    /// On platform threads: reading from a pipe would hold a virtual thread's carrier.
    private static void background(String name, Runnable task) {
        Thread.ofPlatform().daemon().name(name).start(task);
    }

    private static FutureTask<String> reading(InputStream stream) {
        FutureTask<String> task =
                new FutureTask<>(() -> new String(stream.readAllBytes(), StandardCharsets.UTF_8));
        background("external-client-output", task);
        return task;
    }

    private static String text(FutureTask<String> task) throws InterruptedException, IOException {
        try {
            return task.get(OUTPUT_PATIENCE.toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException | TimeoutException failure) {
            throw new IOException("the output of a client could not be read", failure);
        }
    }
}
