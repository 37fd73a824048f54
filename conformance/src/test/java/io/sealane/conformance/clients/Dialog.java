package io.sealane.conformance.clients;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A program that is talked to line by line, its two outputs as one. Belongs to one thread.
final class Dialog implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /// Lines that wait to be looked at; no program of these tests says more.
    private static final int LINES_MAX = 100_000;

    /// Stands for the end of the program's output.
    private static final String END = "\0end";

    private final Process process;
    private final LinkedBlockingQueue<String> coming = new LinkedBlockingQueue<>(LINES_MAX);
    private final List<String> seen = new ArrayList<>();

    private Dialog(Process process) {
        this.process = process;
    }

    static Dialog start(Path folder, List<String> command) throws IOException {
        Process process =
                new ProcessBuilder(command)
                        .directory(folder.toFile())
                        .redirectErrorStream(true)
                        .start();
        Dialog dialog = new Dialog(process);
        Thread.ofPlatform().daemon().name("dialog-" + process.pid()).start(dialog::readAll);
        return dialog;
    }

    /// Says one line.
    void say(String line) {
        try {
            process.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
            process.getOutputStream().flush();
        } catch (IOException _) {
            // The program has ended; what it said before tells why.
        }
    }

    /// Reads on to the next line in which the expression is found.
    MatchResult await(String expression) throws InterruptedException {
        Pattern pattern = Pattern.compile(expression);
        while (true) {
            Matcher matcher = pattern.matcher(nextLine(expression));
            if (matcher.find()) {
                return matcher.toMatchResult();
            }
        }
    }

    /// Reads on to the end of the output and returns all that was said from the start.
    String awaitEnd() throws InterruptedException {
        String line = coming.poll(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        while (line != null && !line.equals(END)) {
            seen.add(line);
            line = coming.poll(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        }
        if (line == null) {
            throw new AssertionError("no end within " + PATIENCE + this);
        }
        return String.join("\n", seen);
    }

    /// Sends SIGKILL and waits for the end.
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    private String nextLine(String awaited) throws InterruptedException {
        String line = coming.poll(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        if (line == null || line.equals(END)) {
            throw new AssertionError("'" + awaited + "' did not come" + this);
        }
        seen.add(line);
        return line;
    }

    private void readAll() {
        try (BufferedReader reader =
                new BufferedReader(
                        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                coming.put(line);
            }
            coming.put(END);
        } catch (IOException | InterruptedException _) {
            coming.add(END); // It was killed.
        }
    }

    @Override
    public String toString() {
        return ", the program said:\n  " + String.join("\n  ", seen);
    }
}
