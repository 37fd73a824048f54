package io.sealane.store.sql;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sealane.accounts.UserName;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/// Another process that uses the same database: told what to do line by line, it answers each line
/// with `done` or with what went wrong.
final class AccountProcess implements AutoCloseable {
    private static final int END_SECONDS_MAX = 20;

    private final Process process;
    private final Writer orders;
    private final BufferedReader answers;
    private final Path errors;

    private AccountProcess(Process process, Path errors) {
        this.process = process;
        this.orders = process.outputWriter(UTF_8);
        this.answers = process.inputReader(UTF_8);
        this.errors = errors;
    }

    /// Starts it with `temporary` as its folder for temporary files.
    static AccountProcess start(Path database, Path temporary, Path errors) throws IOException {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        Process process =
                new ProcessBuilder(
                                java.toString(),
                                "--enable-native-access=ALL-UNNAMED",
                                "-XX:TieredStopAtLevel=1",
                                "-Djava.io.tmpdir=" + temporary,
                                "-cp",
                                System.getProperty("java.class.path"),
                                AccountProcess.class.getName(),
                                "jdbc:sqlite:" + database)
                        .redirectError(errors.toFile())
                        .start();
        return new AccountProcess(process, errors);
    }

    /// Tells it what to do; returns before it is done.
    void tell(String order) throws IOException {
        orders.write(order + "\n");
        orders.flush();
    }

    /// The next answer.
    String answer() throws IOException {
        String line = answers.readLine();
        return line == null ? "ended: " + errors() : line;
    }

    /// What it printed on its standard error.
    String errors() throws IOException {
        return Files.readString(errors);
    }

    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /// Lets it end by itself.
    @Override
    public void close() throws IOException {
        try {
            orders.close();
            process.onExit().orTimeout(END_SECONDS_MAX, TimeUnit.SECONDS).join();
        } finally {
            process.destroyForcibly();
            answers.close();
        }
    }

    /// The process itself.
    static void main(String[] arguments) throws Exception {
        try (SqliteAccountStore store = SqliteAccountStore.open(arguments[0]);
                BufferedReader orders =
                        new BufferedReader(new InputStreamReader(System.in, UTF_8))) {
            System.out.println("open");
            for (String order = orders.readLine(); order != null; order = orders.readLine()) {
                System.out.println(obey(store, order));
            }
        }
    }

    private static String obey(SqliteAccountStore store, String order) {
        String[] words = order.split(" ");
        UserName name = new UserName(words[1]);
        try {
            switch (words[0]) {
                case "add" -> store.add(Accounts.enabled(name));
                case "passwd" -> store.setPassword(name, words[2]);
                case "find" -> {
                    return store.find(name).map(found -> found.passwordHash()).orElse("none");
                }
                case "passwd-often" -> {
                    for (int time = 0; time < Integer.parseInt(words[2]); time++) {
                        store.setPassword(name, "$" + time);
                    }
                }
                default -> {
                    return "what is " + words[0];
                }
            }
            return "done";
        } catch (Exception e) {
            return e.toString();
        }
    }
}
