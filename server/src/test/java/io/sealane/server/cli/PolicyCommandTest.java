package io.sealane.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealane.accounts.Account;
import io.sealane.accounts.AccountException;
import io.sealane.accounts.StoredAccount;
import io.sealane.accounts.UserName;
import io.sealane.store.sql.SqliteAccountStore;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

final class PolicyCommandTest {
    private static final String YAML =
            """
            accounts: { database: "jdbc:sqlite:accounts.db" }
            listeners:
              - name: main
                ports: [2121]
                tls: { control: optional, data: optional, observe: { data: required } }
              - { name: devices, ports: [2122], users: [scanner] }
              - { name: acme, ports: [2126], users: [alice@acme, bob] }
              - { name: old, ports: [2123], tls: { versions: ["1.2"] } }
              - { name: clear, ports: [2124], mode: plain }
              - name: soft
                ports: [2125]
                mode: implicit
                tls:
                  overridable: true
                  versions: ["1.3"]
                  observe: { session-binding: same-session, upload-end: strict }
            storage:
              mounts:
                - { path: /, local: files }
                - { path: /new, local: new, tls: { least-version: "1.3" } }
            hosts:
              - { names: [off.test], enabled: false }
              - { names: [acme.test], realm: acme }
            """;

    @TempDir private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeEach
    void addAccounts() throws AccountException {
        try (SqliteAccountStore accounts =
                SqliteAccountStore.open("jdbc:sqlite:" + folder.resolve("accounts.db"))) {
            accounts.add(account("alice", true, "data=required"));
            accounts.add(account("bob", false, ""));
            accounts.add(account("alice@acme", true, ""));
            accounts.add(account("bob@acme", true, ""));
            accounts.add(
                    account("dev", true, "control=optional least-version=1.2 session-binding=off"));
            accounts.add(account("carol", true, "client-certificate=required least-version=1.3"));
        }
    }

    @Test
    void each_rule_has_a_value_and_who_said_so() throws IOException {
        assertThat(explain("--listener", "main", "--user", "alice", "--path", "/new/a")).isZero();
        assertThat(lines())
                .containsExactly(
                        "listener main (explicit)",
                        "control optional by listener main",
                        "data required by user alice; optional by listener main",
                        "least-version 1.3 by mount /new; 1.2 by listener main",
                        "session-binding prefer by listener main",
                        "client-certificate optional by listener main",
                        "upload-end strict by listener main",
                        "tried without refusing anything: nothing");
    }

    @Test
    void what_is_tried_stands_beside_what_is_enforced() throws IOException {
        assertThat(explain("--listener", "main")).isZero();
        assertThat(lines())
                .endsWith(
                        "tried without refusing anything:",
                        "data required by observe of listener main; optional by what is enforced");
    }

    @Test
    void whoever_cannot_log_in_at_all_is_named() throws IOException {
        assertThat(explain("--user", "bob")).isZero();
        assertThat(lines())
                .containsOnlyOnce("bob cannot log in here: the listener is for other users")
                .contains("bob cannot log in: the account is disabled");
        assertThat(explain("--host", "off.test", "--listener", "main")).isZero();
        assertThat(lines()).contains("nobody can log in: the host is not enabled");
    }

    /// As logins do.
    @Test
    void a_listeners_users_are_meant_by_their_whole_names() throws IOException {
        String other = "cannot log in here: the listener is for other users";
        assertThat(explain("--listener", "acme", "--host", "acme.test", "--user", "alice"))
                .isZero();
        assertThat(lines()).noneMatch(line -> line.contains(other));
        assertThat(explain("--listener", "acme", "--host", "acme.test", "--user", "bob")).isZero();
        assertThat(lines()).contains("bob " + other);
    }

    @Test
    void what_nobody_can_meet_is_named() throws IOException {
        assertThat(explain("--user", "carol", "--listener", "old")).isZero();
        assertThat(lines())
                .endsWith(
                        "nobody can meet client-certificate here: the listener asks nobody for one",
                        "nobody can meet least-version here: the listener has none so new");
        assertThat(explain("--user", "alice", "--listener", "clear")).isZero();
        assertThat(lines())
                .endsWith("nobody can meet what is required here: the listener has no TLS");
        assertThat(explain("--user", "alice", "--listener", "main")).isZero();
        assertThat(lines()).noneMatch(line -> line.startsWith("nobody"));
    }

    @Test
    void an_exception_is_one_from_what_is_tried_too_and_none_from_the_handshake()
            throws IOException {
        assertThat(explain("--user", "dev", "--listener", "soft")).isZero();
        assertThat(lines())
                .contains(
                        "least-version 1.3 by listener soft; 1.2 by user dev is looser",
                        "session-binding off by user dev; prefer by listener soft",
                        "control optional is no use here: the listener begins with TLS",
                        "tried without refusing anything: nothing");
        assertThat(explain("--user", "alice", "--listener", "soft")).isZero();
        assertThat(lines())
                .endsWith(
                        "tried without refusing anything:",
                        "session-binding same-session by observe of listener soft; prefer by what"
                                + " is enforced");
    }

    @Test
    void what_is_not_there_is_said() throws IOException {
        assertThat(explain("--user", "eve")).isEqualTo(1);
        assertThat(explain("--host", "on.test")).isEqualTo(1);
        assertThat(explain("--listener", "side")).isEqualTo(1);
        assertThat(explain("--path", "/new")).isEqualTo(1);
        assertThat(err.toString())
                .contains("no account eve", "no host on.test", "no listener side")
                .contains("a path means nothing without a user");
    }

    private static StoredAccount account(String name, boolean enabled, String demands) {
        return new StoredAccount(
                new Account(new UserName(name), enabled, Optional.empty(), demands), "$hash");
    }

    private Stream<String> lines() {
        return out.toString().lines().map(line -> line.strip().replaceAll(" +", " "));
    }

    private int explain(String... options) throws IOException {
        Path file = Files.writeString(folder.resolve("sealane.yaml"), YAML);
        out.getBuffer().setLength(0);
        CommandLine line = new CommandLine(new PolicyCommand());
        line.setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
        line.setExecutionExceptionHandler((failure, _, _) -> {
            err.append(failure.getMessage());
            return 1;
        });
        String[] all = new String[options.length + 3];
        all[0] = "explain";
        all[1] = "--config";
        all[2] = file.toString();
        System.arraycopy(options, 0, all, 3, options.length);
        return line.execute(all);
    }
}
