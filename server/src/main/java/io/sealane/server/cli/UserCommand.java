package io.sealane.server.cli;

import io.sealane.accounts.Account;
import io.sealane.accounts.AccountException;
import io.sealane.accounts.AccountStore;
import io.sealane.accounts.Secret;
import io.sealane.accounts.StoredAccount;
import io.sealane.accounts.TotpKey;
import io.sealane.accounts.UserName;
import io.sealane.config.SealaneConfig;
import io.sealane.config.SecretPlaces;
import io.sealane.core.tls.TlsDemands;
import io.sealane.store.sql.Argon2idPasswordHash;
import io.sealane.store.sql.SqliteAccountStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `user`: the accounts. Works beside a running server, which sees every change at the next login,
/// and the end of an account in open sessions, too.
@Command(
        name = "user",
        description = "Add, show and change accounts, also while the server runs.",
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true)
final class UserCommand {
    @Mixin private final Console console = new Console();

    /// Something done with the accounts.
    @FunctionalInterface
    private interface Action {
        void run(AccountStore accounts) throws AccountException, CommandFailure;
    }

    @Command(name = "add", description = "Add an account.", mixinStandardHelpOptions = true)
    int add(
            @Mixin ConfigOption config,
            @Mixin PasswordOption password,
            @Parameters(paramLabel = "NAME") String name,
            @Option(
                            names = "--home",
                            paramLabel = "DIR",
                            description =
                                    "The folder this user sees as /; made at the first login if it"
                                            + " is missing. Without it, the mounts decide.")
                    @Nullable Path home,
            @Option(
                            names = "--tls",
                            paramLabel = "RULE=VALUE",
                            description = "What the account demands of TLS; see user tls.")
                    @Nullable List<String> demands)
            throws CommandFailure {
        UserName user = parse(name);
        String tls = demands(demands);
        String hash = hash(password);
        SealaneConfig loaded = config.load(console.err());
        Optional<Path> folder = harmless(home, loaded);
        Account account = new Account(user, true, folder, tls, Account.newNumber());
        String database = loaded.accounts().database().jdbcUrl();
        try (SqliteAccountStore accounts = SqliteAccountStore.open(database)) {
            accounts.add(new StoredAccount(account, hash));
        } catch (AccountException failed) {
            throw new CommandFailure(String.valueOf(failed.getMessage()));
        }
        console.out().println("added " + user);
        return 0;
    }

    @Command(
            name = "passwd",
            description =
                    "Set a password. It counts from the next login on; sessions that are open go"
                            + " on, which disable ends.",
            mixinStandardHelpOptions = true)
    int passwd(
            @Mixin ConfigOption config,
            @Mixin PasswordOption password,
            @Parameters(paramLabel = "NAME") String name)
            throws CommandFailure {
        UserName user = parse(name);
        String hash = hash(password);
        with(config, accounts -> accounts.setPassword(user, hash));
        console.out().println("password of " + user + " set");
        return 0;
    }

    @Command(
            name = "disable",
            description =
                    "Refuse an account's logins. Its open sessions are served for five seconds more"
                            + " at most, silent ones end within half a minute, and what they"
                            + " transfer is finished.",
            mixinStandardHelpOptions = true)
    int disable(@Mixin ConfigOption config, @Parameters(paramLabel = "NAME") String name)
            throws CommandFailure {
        UserName user = parse(name);
        with(config, accounts -> accounts.disable(user));
        console.out().println("disabled " + user);
        return 0;
    }

    @Command(
            name = "enable",
            description = "Allow an account's logins again.",
            mixinStandardHelpOptions = true)
    int enable(@Mixin ConfigOption config, @Parameters(paramLabel = "NAME") String name)
            throws CommandFailure {
        UserName user = parse(name);
        with(config, accounts -> accounts.enable(user));
        console.out().println("enabled " + user);
        return 0;
    }

    @Command(
            name = "remove",
            description = "Remove an account; its files stay. Its open sessions end as by disable.",
            mixinStandardHelpOptions = true)
    int remove(@Mixin ConfigOption config, @Parameters(paramLabel = "NAME") String name)
            throws CommandFailure {
        UserName user = parse(name);
        with(config, accounts -> accounts.remove(user));
        console.out().println("removed " + user);
        return 0;
    }

    @Command(
            name = "home",
            description =
                    "Set the folder that an account sees as /, from the next login on. Files stay"
                            + " where they are.",
            mixinStandardHelpOptions = true)
    int home(
            @Mixin ConfigOption config,
            @Parameters(paramLabel = "NAME", index = "0") String name,
            @Parameters(
                            paramLabel = "DIR",
                            index = "1",
                            arity = "0..1",
                            description = "The folder; the next login makes it if it is missing.")
                    @Nullable Path home,
            @Option(
                            names = "--mounts",
                            description = "Leave it to the mounts of the configuration.")
                    boolean mounts)
            throws CommandFailure {
        if (mounts == (home != null)) {
            throw new CommandFailure("either DIR or --mounts is needed");
        }
        UserName user = parse(name);
        SealaneConfig loaded = config.load(console.err());
        Optional<Path> folder = harmless(home, loaded);
        if (folder.isPresent()) {
            with(loaded, accounts -> accounts.setHome(user, folder.get()));
        } else {
            with(loaded, accounts -> accounts.clearHome(user));
        }
        console.out().println(user + " sees " + folder.map(Path::toString).orElse("the mounts"));
        return 0;
    }

    @Command(
            name = "tls",
            description =
                    "Set what an account demands of TLS, in place of what it did before; nothing if"
                            + " no rule is given. It counts from the next login on. Rules:"
                            + " control, data, client-certificate (required, optional),"
                            + " least-version (1.2, 1.3), session-binding (same-session,"
                            + " same-user, prefer, off), upload-end (strict, lenient). What is"
                            + " looser than the listener's policy counts only where that is"
                            + " overridable; policy explain shows what holds.",
            mixinStandardHelpOptions = true)
    int tls(
            @Mixin ConfigOption config,
            @Parameters(paramLabel = "NAME") String name,
            @Parameters(paramLabel = "RULE=VALUE", arity = "0..*", index = "1..*")
                    @Nullable List<String> demands)
            throws CommandFailure {
        UserName user = parse(name);
        String tls = demands(demands);
        with(config, accounts -> accounts.setTlsDemands(user, tls));
        console.out().println(user + " demands " + (tls.isEmpty() ? "nothing" : tls) + " of TLS");
        return 0;
    }

    @Command(
            name = "totp",
            description =
                    "Have an account's logins take a one-time password beside the password (TOTP,"
                            + " RFC 6238), from the next login on. Prints a new key, for the user's"
                            + " authenticator app; it is not shown again. Users write the six"
                            + " digits behind their password; FileZilla asks for them.",
            mixinStandardHelpOptions = true)
    int totp(
            @Mixin ConfigOption config,
            @Parameters(paramLabel = "NAME") String name,
            @ArgGroup @Nullable TotpChange change,
            @Option(
                            names = "--issuer",
                            paramLabel = "TEXT",
                            defaultValue = "Sealane",
                            description = "What the app shows beside NAME; ${DEFAULT-VALUE}.")
                    String issuer)
            throws CommandFailure {
        UserName user = parse(name);
        TotpChange wanted = change == null ? new TotpChange() : change;
        if (wanted.off) {
            with(config, accounts -> accounts.clearTotpKey(user));
            console.out().println(user + " logs in with the password alone");
            return 0;
        }
        TotpKey key = wanted.keyFromStandardInput ? readKey() : TotpKey.random(new SecureRandom());
        KeyUri shown = new KeyUri(key);
        with(
                config,
                accounts -> {
                    require(accounts, user);
                    console.out().println("key " + shown.typed());
                    console.out().println("uri " + shown.uri(issuer, user));
                    if (console.out().checkError()) {
                        throw new CommandFailure("the key cannot be shown; nothing is changed");
                    }
                    accounts.setTotpKey(user, key);
                });
        console.out().println(user + " logs in with password and one-time password");
        return 0;
    }

    static final class TotpChange {
        @Option(names = "--off", description = "Take a password alone again.")
        private boolean off;

        @Option(
                names = "--key-stdin",
                description =
                        "Take a key that the user has already from the first line of standard"
                                + " input: Base32, 128 to 512 bits.")
        private boolean keyFromStandardInput;
    }

    private static TotpKey readKey() throws CommandFailure {
        try (Secret line = Secret.adopt(PasswordOption.firstLine(System.in, "the key"))) {
            return KeyUri.parse(new String(line.expose(), StandardCharsets.UTF_8))
                    .orElseThrow(() ->
                            new CommandFailure("not a key: Base32 of 128 to 512 bits is allowed"));
        } catch (IOException failed) {
            throw new CommandFailure("the key cannot be read: " + failed.getMessage());
        }
    }

    private static String demands(@Nullable List<String> terms) throws CommandFailure {
        try {
            return TlsDemands.parse(terms == null ? "" : String.join(" ", terms)).toString();
        } catch (IllegalArgumentException wrong) {
            throw new CommandFailure(String.valueOf(wrong.getMessage()));
        }
    }

    @Command(name = "list", description = "List all accounts.", mixinStandardHelpOptions = true)
    int list(@Mixin ConfigOption config) throws CommandFailure {
        with(config, this::listAll);
        return 0;
    }

    private void listAll(AccountStore accounts) throws AccountException {
        List<Account> page = accounts.firstPage();
        while (!page.isEmpty()) {
            page.forEach(account -> console.out().println(line(account)));
            page = accounts.pageAfter(page.getLast().name());
        }
    }

    @Command(name = "show", description = "Show one account.", mixinStandardHelpOptions = true)
    int show(@Mixin ConfigOption config, @Parameters(paramLabel = "NAME") String name)
            throws CommandFailure {
        UserName user = parse(name);
        with(config, accounts -> console.out().println(line(require(accounts, user).account())));
        return 0;
    }

    private static StoredAccount require(AccountStore accounts, UserName name)
            throws AccountException, CommandFailure {
        return accounts.find(name).orElseThrow(() -> new CommandFailure("no account " + name));
    }

    private static Optional<Path> harmless(@Nullable Path home, SealaneConfig config)
            throws CommandFailure {
        if (home == null) {
            return Optional.empty();
        }
        if (home.toString().isEmpty()) {
            throw new CommandFailure("the home has no name; allowed: a folder");
        }
        Path folder = home.toAbsolutePath().normalize();
        requireHarmless(folder, SecretPlaces.of(config));
        return Optional.of(folder);
    }

    private static void requireHarmless(Path home, SecretPlaces secrets) throws CommandFailure {
        if (Files.exists(home) && !Files.isDirectory(home)) {
            throw new CommandFailure(
                    "the home "
                            + home
                            + " is no folder; allowed: a folder, which the first login makes if"
                            + " it is missing");
        }
        Optional<Path> reached = secrets.reachedFrom(home);
        if (reached.isPresent()) {
            throw new CommandFailure(
                    "the home "
                            + home
                            + " reaches "
                            + reached.get()
                            + ", which clients must not; allowed: a folder beside it");
        }
    }

    private void with(ConfigOption option, Action action) throws CommandFailure {
        with(option.load(console.err()), action);
    }

    private static void with(SealaneConfig config, Action action) throws CommandFailure {
        try (SqliteAccountStore accounts =
                SqliteAccountStore.openExisting(config.accounts().database().jdbcUrl())) {
            action.run(accounts);
        } catch (AccountException failed) {
            throw new CommandFailure(String.valueOf(failed.getMessage()));
        }
    }

    private static String hash(PasswordOption password) throws CommandFailure {
        try (Secret secret = password.read()) {
            return Argon2idPasswordHash.withDefaults().hash(secret);
        } catch (IOException failed) {
            throw new CommandFailure("the password cannot be read: " + failed.getMessage());
        }
    }

    private static String line(Account account) {
        return account.name()
                + (account.enabled() ? " enabled" : " disabled")
                + account.home().map(home -> " home " + home).orElse("")
                + switch (account.secondFactor()) {
                    case NONE -> "";
                    case ONE_TIME_PASSWORD -> " one-time-password";
                }
                + (account.tlsDemands().isEmpty() ? "" : " tls " + account.tlsDemands());
    }

    private static UserName parse(String name) throws CommandFailure {
        return UserName.parse(name)
                .orElseThrow(() ->
                        new CommandFailure(
                                "not a user name: 1 to "
                                        + UserName.LENGTH_MAX
                                        + " letters, digits and . _ - @ + are allowed, the first"
                                        + " a letter, a digit or _"));
    }
}
