package io.sealane.server.usage;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealane.accounts.AccountException;
import io.sealane.core.event.Event;
import io.sealane.core.event.Event.Resumption;
import io.sealane.core.limit.Ticker;
import io.sealane.store.sql.SqliteTlsUsage;
import io.sealane.store.sql.TlsUse;
import io.sealane.store.sql.TlsUse.Kind;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TlsUsageTest {
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
    private static final Duration PATIENCE = TlsUsage.WRITE_PERIOD.multipliedBy(10);
    private static final String SUITE = "TLS_AES_256_GCM_SHA384";

    @TempDir private Path folder;

    @Test
    void a_session_counts_with_what_it_was_and_moved() throws AccountException {
        List<TlsUse> seen =
                seenAfter(
                        new Event.SessionOpened(
                                "1", "main", Event.Opening.IN_THE_CLEAR, "127.0.0.1"),
                        secured("TLSv1.3", SUITE, "X25519MLKEM768"),
                        new Event.ClientNamed("1", "curl"),
                        new Event.LoginAccepted(
                                "1", "ann", "127.0.0.1", Event.Protection.TLS, "password"),
                        moved("TLSv1.3", Optional.of(Resumption.TRUE)),
                        moved("TLSv1.3", Optional.of(Resumption.FALSE)),
                        moved("clear", Optional.empty()),
                        new Event.PolicyWouldRefuse("1", "main", "ann", "data", "521 No."),
                        closed("1"));

        assertThat(seen)
                .containsExactly(
                        new TlsUse(
                                new Kind(
                                        "ann",
                                        "curl",
                                        "main",
                                        "explicit",
                                        "TLSv1.3",
                                        SUITE,
                                        "X25519MLKEM768"),
                                1,
                                1,
                                1,
                                1,
                                Set.of("data"),
                                NOW));
    }

    @Test
    void who_logs_in_by_tls_from_the_first_octet_or_in_the_clear_is_told_apart()
            throws AccountException {
        List<TlsUse> seen =
                seenAfter(
                        new Event.SessionOpened("1", "main", Event.Opening.BY_TLS, "127.0.0.1"),
                        secured("TLSv1.2", "S", "-"),
                        new Event.LoginAccepted(
                                "1", "ann", "127.0.0.1", Event.Protection.TLS, "password"),
                        closed("1"),
                        new Event.SessionOpened(
                                "2", "main", Event.Opening.IN_THE_CLEAR, "127.0.0.1"),
                        new Event.LoginAccepted(
                                "2", "bob", "127.0.0.1", Event.Protection.CLEAR, "password"),
                        closed("2"));

        assertThat(seen)
                .extracting(use -> use.kind().user() + " " + use.kind().mode())
                .containsExactly("ann implicit", "bob plain");
        assertThat(TlsReport.of(seen).lines().getLast())
                .isEqualTo(
                        "users: 2; in the clear with a password or files: 1; whom a policy that is"
                                + " tried would refuse: 0");
        assertThat(TlsReportJson.of(seen))
                .contains("\"user\":\"bob\"", "\"lastSeen\":\"2026-01-02T03:04:05Z\"");
    }

    /// The password of one has travelled in the clear, whatever comes behind it.
    @Test
    void a_login_in_the_clear_stays_one_where_tls_comes_behind_it_or_was_left_before()
            throws AccountException {
        List<TlsUse> seen =
                seenAfter(
                        new Event.SessionOpened(
                                "1", "main", Event.Opening.IN_THE_CLEAR, "127.0.0.1"),
                        new Event.LoginAccepted(
                                "1", "ann", "127.0.0.1", Event.Protection.CLEAR, "password"),
                        secured("TLSv1.3", SUITE, "-"),
                        new Event.LoginAccepted(
                                "1", "bob", "127.0.0.1", Event.Protection.TLS, "password"),
                        new Event.ControlCleared("1"),
                        new Event.LoginAccepted(
                                "1", "eve", "127.0.0.1", Event.Protection.CLEAR, "password"),
                        closed("1"));

        assertThat(seen)
                .extracting(use -> use.kind().user() + " " + use.kind().mode())
                .containsExactly("ann plain", "bob explicit+ccc", "eve plain");
        assertThat(seen)
                .extracting(use -> use.kind().version())
                .containsExactly("-", "TLSv1.3", "-");
    }

    @Test
    void nobodys_session_counts_only_if_a_tried_policy_would_have_refused_it()
            throws AccountException {
        List<TlsUse> seen =
                seenAfter(
                        new Event.SessionOpened(
                                "1", "main", Event.Opening.IN_THE_CLEAR, "127.0.0.1"),
                        closed("1"),
                        new Event.SessionOpened(
                                "2", "main", Event.Opening.IN_THE_CLEAR, "127.0.0.1"),
                        new Event.PolicyWouldRefuse("2", "main", "eve", "control", "530 No."),
                        closed("2"));

        assertThat(seen).extracting(use -> use.kind().user()).containsExactly("-");
        assertThat(seen).extracting(TlsUse::wouldRefuse).containsExactly(Set.of("control"));
        assertThat(TlsReport.of(seen).lines().getLast())
                .startsWith("users: 0;")
                .endsWith("refuse: 0");
    }

    /// A client may try names, and begin anew by REIN; each is charged with its own alone.
    @Test
    void what_was_noted_of_others_is_not_the_users_who_logs_in() throws AccountException {
        List<TlsUse> seen =
                seenAfter(
                        new Event.SessionOpened(
                                "1", "main", Event.Opening.IN_THE_CLEAR, "127.0.0.1"),
                        new Event.PolicyWouldRefuse("1", "main", "eve", "control", "530 No."),
                        new Event.PolicyWouldRefuse("1", "main", "Ann", "control", "530 No."),
                        new Event.LoginAccepted(
                                "1", "ann@acme", "127.0.0.1", Event.Protection.CLEAR, "password"),
                        moved("clear", Optional.empty()),
                        new Event.PolicyWouldRefuse("1", "main", "ann@acme", "data", "521 No."),
                        new Event.LoginAccepted(
                                "1", "bob", "127.0.0.1", Event.Protection.CLEAR, "password"),
                        moved("clear", Optional.empty()),
                        moved("clear", Optional.empty()),
                        closed("1"));

        assertThat(seen)
                .extracting(use ->
                        use.kind().user()
                                + " "
                                + use.dataClear()
                                + " "
                                + new TreeSet<>(use.wouldRefuse()))
                .containsExactlyInAnyOrder(
                        "ann@acme 1 [control, data]", "bob 2 []", "- 0 [control]");
    }

    @Test
    void what_nobody_did_for_long_is_forgotten_while_the_server_runs() throws Exception {
        String url = "jdbc:sqlite:" + folder.resolve("sealane.db");
        AtomicReference<Instant> now = new AtomicReference<>(NOW);
        try (SqliteTlsUsage store = SqliteTlsUsage.open(url);
                TlsUsage usage =
                        new TlsUsage(SqliteTlsUsage.open(url), now::get, Ticker.system())) {
            usage.accept(
                    new Event.SessionOpened("1", "main", Event.Opening.IN_THE_CLEAR, "127.0.0.1"));
            usage.accept(
                    new Event.LoginAccepted(
                            "1", "ann", "127.0.0.1", Event.Protection.CLEAR, "password"));
            usage.accept(closed("1"));
            await(store, 1);

            now.set(NOW.plus(Duration.ofDays(401)));
            await(store, 0);
        }
    }

    private static void await(SqliteTlsUsage store, int uses) throws Exception {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (store.all().size() != uses) {
            assertThat(System.nanoTime()).isLessThan(deadline);
            LockSupport.parkNanos(TlsUsage.WRITE_PERIOD.toNanos() / 10);
        }
    }

    private List<TlsUse> seenAfter(Event... events) throws AccountException {
        String url = "jdbc:sqlite:" + folder.resolve("sealane.db");
        try (TlsUsage usage =
                new TlsUsage(SqliteTlsUsage.open(url), InstantSource.fixed(NOW), Ticker.system())) {
            for (Event event : events) {
                usage.accept(event);
            }
        }
        try (SqliteTlsUsage store = SqliteTlsUsage.open(url)) {
            return store.all();
        }
    }

    private static Event secured(String version, String cipher, String group) {
        return new Event.ControlSecured(
                "1",
                "main",
                "127.0.0.1",
                version,
                cipher,
                group,
                Resumption.FALSE,
                "-",
                "-",
                "-",
                "-");
    }

    private static Event moved(String protection, Optional<Resumption> resumed) {
        return new Event.Transfer(
                "1",
                "main",
                "ann",
                "127.0.0.1",
                "-",
                "STOR",
                "/a",
                1,
                Duration.ZERO,
                "complete",
                protection.equals("clear")
                        ? Event.DataProtection.CLEAR
                        : new Event.DataProtection(protection, SUITE, "x25519", resumed, "-", "-"),
                "close_notify",
                "clean");
    }

    private static Event closed(String session) {
        return new Event.SessionClosed(session, "quit", Duration.ZERO, "-");
    }
}
