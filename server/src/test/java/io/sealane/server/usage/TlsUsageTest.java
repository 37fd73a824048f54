package io.sealane.server.usage;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealane.accounts.AccountException;
import io.sealane.core.event.Event;
import io.sealane.store.sql.SqliteTlsUsage;
import io.sealane.store.sql.TlsUse;
import io.sealane.store.sql.TlsUse.Kind;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TlsUsageTest {
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
    private static final String SUITE = "TLS_AES_256_GCM_SHA384";

    @TempDir private Path folder;

    @Test
    void a_session_counts_with_what_it_was_and_moved() throws AccountException {
        List<TlsUse> seen =
                seenAfter(
                        new Event.SessionOpened("1", "main", "in-the-clear", "127.0.0.1"),
                        new Event.ControlSecured("1", "TLSv1.3", SUITE, "no", "-", "-"),
                        new Event.ClientNamed("1", "curl"),
                        new Event.LoginAccepted("1", "ann", "127.0.0.1", "tls", "password"),
                        moved("1", "TLSv1.3 " + SUITE + " resumed"),
                        moved("1", "TLSv1.3 " + SUITE + " full"),
                        moved("1", "clear"),
                        new Event.PolicyWouldRefuse("1", "main", "ann", "data", "521 No."),
                        new Event.SessionClosed("1", "quit", Duration.ZERO));

        assertThat(seen)
                .containsExactly(
                        new TlsUse(
                                new Kind("ann", "curl", "main", "explicit", "TLSv1.3", SUITE, "-"),
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
                        new Event.SessionOpened("1", "main", "by-tls", "127.0.0.1"),
                        new Event.ControlSecured("1", "TLSv1.2", "S", "no", "-", "-"),
                        new Event.LoginAccepted("1", "ann", "127.0.0.1", "tls", "password"),
                        new Event.SessionClosed("1", "quit", Duration.ZERO),
                        new Event.SessionOpened("2", "main", "in-the-clear", "127.0.0.1"),
                        new Event.LoginAccepted("2", "bob", "127.0.0.1", "clear", "password"),
                        new Event.SessionClosed("2", "quit", Duration.ZERO));

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

    @Test
    void nobodys_session_counts_only_if_a_tried_policy_would_have_refused_it()
            throws AccountException {
        List<TlsUse> seen =
                seenAfter(
                        new Event.SessionOpened("1", "main", "in-the-clear", "127.0.0.1"),
                        new Event.SessionClosed("1", "quit", Duration.ZERO),
                        new Event.SessionOpened("2", "main", "in-the-clear", "127.0.0.1"),
                        new Event.PolicyWouldRefuse("2", "main", "eve", "control", "530 No."),
                        new Event.SessionClosed("2", "quit", Duration.ZERO));

        assertThat(seen).extracting(use -> use.kind().user()).containsExactly("-");
        assertThat(seen).extracting(TlsUse::wouldRefuse).containsExactly(Set.of("control"));
    }

    private List<TlsUse> seenAfter(Event... events) throws AccountException {
        String url = "jdbc:sqlite:" + folder.resolve("sealane.db");
        try (TlsUsage usage = new TlsUsage(SqliteTlsUsage.open(url), InstantSource.fixed(NOW))) {
            for (Event event : events) {
                usage.accept(event);
            }
        }
        try (SqliteTlsUsage store = SqliteTlsUsage.open(url)) {
            return store.all();
        }
    }

    private static Event moved(String session, String data) {
        return new Event.Transfer(
                session, "ann", "STOR", "/a", 1, Duration.ZERO, "complete", data, "close_notify");
    }
}
