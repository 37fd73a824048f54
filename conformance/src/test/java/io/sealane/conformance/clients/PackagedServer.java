package io.sealane.conformance.clients;

import io.sealane.accounts.Account;
import io.sealane.accounts.AccountException;
import io.sealane.accounts.Secret;
import io.sealane.accounts.StoredAccount;
import io.sealane.accounts.UserName;
import io.sealane.store.sql.Argon2idPasswordHash;
import io.sealane.store.sql.SqliteAccountStore;
import io.sealane.testkit.ExternalClient;
import io.sealane.testkit.ExternalClient.Run;
import io.sealane.testkit.ServerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/// The packaged server, run by the launcher in the root of the repository, with a listener for each
/// mode on both loopback addresses and one user, made while it runs. Java's second compiler is held
/// back: what it makes faster does not repay its work in the minute that a server lives here.
/// Everything it keeps is in the folder it is given, so a second server can go on in the place of
/// one that was killed.
///
/// The launcher builds nothing here; another one, of an unpacked distribution for example, is
/// tested with the system property `sealane.launcher`.
final class PackagedServer implements AutoCloseable {
    static final String USER = "ann";
    static final String PASSWORD = "S3cret-of-ann";

    private static final String COMPILE_LITTLE =
            "-XX:Tier4InvocationThreshold=25000 -XX:Tier4MinInvocationThreshold=3000"
                    + " -XX:Tier4CompileThreshold=75000 -XX:Tier4BackEdgeThreshold=200000";

    private static final Duration START_PATIENCE = Duration.ofSeconds(30);
    private static final Duration LOG_PATIENCE = Duration.ofSeconds(5);
    private static final Pattern LISTENER =
            Pattern.compile("([a-z]+) \\([a-z]+\\) on \\S*:(\\d+)(?:,|$)");

    private final ServerProcess process;
    private final Path folder;
    private final Map<String, Integer> ports;
    private final AtomicInteger folders = new AtomicInteger();

    private PackagedServer(ServerProcess process, Path folder, Map<String, Integer> ports) {
        this.process = process;
        this.folder = folder;
        this.ports = Map.copyOf(ports);
    }

    /// What differs from the server that most tests share.
    ///
    /// @param provider of TLS, as the configuration names it
    /// @param limits entries of the section of that name
    /// @param tls entries of the section of that name, but for the provider
    /// @param implicitPort of the listener of that name; 0: the kernel chooses
    /// @param listener one more, an entry of that list; empty: none
    /// @param more lines of the configuration besides, each with its end
    /// @param java one more option of Java; empty: none
    record Settings(
            String provider,
            String limits,
            String tls,
            int implicitPort,
            String listener,
            String more,
            String java) {
        /// The default of the server, unless the system property `sealane.tls.provider` names
        /// another.
        static Settings standard() {
            return new Settings(
                    System.getProperty("sealane.tls.provider", "boringssl"), "", "", 0, "", "", "");
        }

        Settings provider(String other) {
            return new Settings(other, limits, tls, implicitPort, listener, more, java);
        }

        Settings limits(String other) {
            return new Settings(provider, other, tls, implicitPort, listener, more, java);
        }

        Settings tls(String other) {
            return new Settings(provider, limits, other, implicitPort, listener, more, java);
        }

        Settings implicitPort(int other) {
            return new Settings(provider, limits, tls, other, listener, more, java);
        }

        Settings listener(String oneMore) {
            return new Settings(provider, limits, tls, implicitPort, "  - " + oneMore, more, java);
        }

        Settings more(String other) {
            return new Settings(provider, limits, tls, implicitPort, listener, other, java);
        }

        Settings java(String option) {
            return new Settings(provider, limits, tls, implicitPort, listener, more, option);
        }

        private String yaml() {
            return """
            data-dir: data
            listeners:
              - { name: explicit, address: "::", ports: [0], mode: explicit }
              - { name: implicit, address: "::", ports: [%d], mode: implicit }
              - name: auto
                address: "::"
                ports: [0]
                mode: auto
                sniff: 100ms
                tls: { control: optional, data: optional }
              - { name: plain, address: "::", ports: [0], mode: plain }
              - name: bound
                address: "::"
                ports: [0]
                mode: explicit
                tls: { session-binding: same-session }
            %s
              - name: loose
                address: "::"
                ports: [0]
                mode: explicit
                tls: { clear-control-channel: allowed, empty-upload-without-handshake: allowed }
              - name: loosebound
                address: "::"
                ports: [0]
                mode: explicit
                tls: { session-binding: same-session, clear-control-channel: allowed }
            passive: { ports: 0 }
            tls: { provider: %s, %s }
            limits: { %s }
            admin: { address: "127.0.0.1:0" }
            %s\
            """
                    .formatted(implicitPort, listener, provider, tls, limits, more);
        }
    }

    /// How the one user is made.
    enum UserMaking {
        /// `./sealane user add`, a process of its own.
        BY_COMMAND,
        /// As that does it, but in this process.
        HERE
    }

    /// Starts a server in an empty folder, or where another one was.
    static PackagedServer start(Path folder, Settings settings)
            throws IOException, InterruptedException {
        return start(folder, settings, UserMaking.HERE);
    }

    static PackagedServer start(Path folder, Settings settings, UserMaking making)
            throws IOException, InterruptedException {
        return start(folder, settings, making, List.of());
    }

    /// @param prefix a command that runs the rest of its line
    static PackagedServer start(
            Path folder, Settings settings, UserMaking making, List<String> prefix)
            throws IOException, InterruptedException {
        boolean fresh = !Files.exists(folder.resolve("sealane.yaml"));
        Path config = Files.writeString(folder.resolve("sealane.yaml"), settings.yaml());
        List<String> command = new ArrayList<>(prefix);
        command.addAll(List.of(launcher().toString(), "serve", "--config", config.toString()));
        ServerProcess process =
                ServerProcess.command(command)
                        .environment("SEALANE_BUILD", "never")
                        .environment("SEALANE_JAVA_OPTS", COMPILE_LITTLE + " " + settings.java())
                        .folder(folder)
                        .start();
        try {
            MatchResult ready = process.awaitLine("^ready: .*", START_PATIENCE);
            PackagedServer server = new PackagedServer(process, folder, ports(ready.group()));
            if (fresh) {
                Files.createDirectories(server.home());
                switch (making) {
                    case BY_COMMAND -> server.addUserByCommand();
                    case HERE -> server.addUserHere();
                }
            }
            return server;
        } catch (IOException | InterruptedException | RuntimeException | Error failed) {
            process.close();
            throw failed;
        }
    }

    /// `./sealane`, or the one that the system property names.
    static Path launcher() {
        Path module = Path.of(System.getProperty("basedir", "")).toAbsolutePath();
        return Optional.ofNullable(System.getProperty("sealane.launcher"))
                .map(Path::of)
                .orElse(module.resolveSibling("sealane"));
    }

    private static Map<String, Integer> ports(String ready) {
        Map<String, Integer> ports = new HashMap<>();
        LISTENER.matcher(ready)
                .results()
                .forEach(match -> ports.put(match.group(1), Integer.valueOf(match.group(2))));
        return ports;
    }

    /// Made once: it is meant to take long.
    private static final class Hashed {
        private static final String PASSWORD = hash();

        private static String hash() {
            try (Secret secret = Secret.of(PackagedServer.PASSWORD)) {
                return Argon2idPasswordHash.withDefaults().hash(secret);
            }
        }
    }

    private void addUserHere() throws IOException {
        Path database = folder.resolve("data").resolve("sealane.db");
        Account account = new Account(new UserName(USER), true, Optional.of(home()));
        try (SqliteAccountStore accounts = SqliteAccountStore.open("jdbc:sqlite:" + database)) {
            accounts.add(new StoredAccount(account, Hashed.PASSWORD));
        } catch (AccountException failed) {
            throw new IOException(failed);
        }
    }

    private void addUserByCommand() throws IOException {
        sealane(
                        PASSWORD + "\n",
                        "user",
                        "add",
                        USER,
                        "--password-stdin",
                        "--home",
                        home().toString())
                .expectSuccess();
    }

    /// Runs `./sealane` beside the server, with its configuration.
    ///
    /// @param input on standard input
    Run sealane(String input, String... arguments) throws IOException {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--config", folder.resolve("sealane.yaml").toString()));
        return ExternalClient.at(launcher())
                .in(folder)
                .environment("SEALANE_BUILD", "never")
                .input(input)
                .run(all.toArray(String[]::new));
    }

    int port(Mode mode) {
        return port(mode.listener());
    }

    int port(String listener) {
        return Optional.ofNullable(ports.get(listener)).orElseThrow();
    }

    /// Waits for a line in the log.
    MatchResult awaitLogged(String regex) throws IOException, InterruptedException {
        return process.awaitLine(regex, LOG_PATIENCE);
    }

    /// The user's root on disk.
    Path home() {
        return folder.resolve("home of ann");
    }

    /// The server's certificate, for clients to check it by.
    Path certificate() {
        return folder.resolve("data").resolve("tls").resolve("certificate.pem");
    }

    /// Makes a folder for one test in the user's root and returns its name.
    String newFolder(String name) throws IOException {
        String unique = name + "-" + folders.incrementAndGet();
        Files.createDirectory(home().resolve(unique));
        return unique;
    }

    /// What the log says of transfers under this path so far.
    List<MovedLine> moved(String path) {
        return process.lines().stream()
                .flatMap(line -> MovedLine.parse(line).stream())
                .filter(line -> line.path().equals(path) || line.path().startsWith(path + "/"))
                .toList();
    }

    /// Transfers of files below this path so far, without the listings.
    List<MovedLine> movedFiles(String path) {
        return moved(path).stream().filter(line -> !line.isListing()).toList();
    }

    /// As [#awaitMoved], without the listings.
    List<MovedLine> awaitMovedFiles(String path, int count) throws IOException {
        Await.until(
                count + " files under " + path,
                LOG_PATIENCE,
                () -> movedFiles(path).size() >= count);
        return movedFiles(path);
    }

    /// Waits until the log, which is a little late, says this many transfers.
    List<MovedLine> awaitMoved(String path, int count) throws IOException {
        Await.until(
                count + " transfers under " + path,
                LOG_PATIENCE,
                () -> moved(path).size() >= count);
        return moved(path);
    }

    /// How many control connections have left TLS so far.
    long cleared() {
        return process.lines().stream().filter(line -> line.contains(" control-cleared ")).count();
    }

    /// Waits for a line of the log, which may have come already.
    void awaitLog(String expression) throws InterruptedException {
        awaitLog(expression, LOG_PATIENCE);
    }

    void awaitLog(String expression, Duration patience) throws InterruptedException {
        MatchResult _ = process.awaitLine(expression, patience);
    }

    /// The lines of the log so far.
    List<String> log() {
        return process.lines();
    }

    /// Defects that the server found in itself.
    List<String> defects() {
        return process.lines().stream()
                .filter(line -> line.contains(" ERROR ") || line.contains("Exception"))
                .toList();
    }

    long pid() {
        return process.pid();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /// Sends SIGTERM; [#awaitExit] waits for what it does.
    void askToEnd() {
        ProcessHandle.of(process.pid()).orElseThrow().destroy();
    }

    int awaitExit(Duration patience) throws InterruptedException {
        return process.awaitExit(patience);
    }

    /// Sends SIGKILL and waits for the end.
    void kill() throws InterruptedException {
        process.kill();
    }

    @Override
    public void close() {
        process.close();
    }

    @Override
    public String toString() {
        return process.toString();
    }
}
