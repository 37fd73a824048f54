package io.sealane.store.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealane.accounts.AccountException;
import io.sealane.store.sql.TlsUse.Kind;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SqliteTlsUsageTest {
    private static final Instant EARLIER = Instant.parse("2026-01-02T03:04:05Z");
    private static final Instant LATER = Instant.parse("2026-02-02T03:04:05Z");

    @TempDir private Path folder;
    private String url = "";

    @BeforeEach
    void name_the_file() {
        url = "jdbc:sqlite:" + folder.resolve("sealane.db");
    }

    @Test
    void what_is_seen_again_is_added_up_and_kept() throws AccountException {
        Kind curl = kind("alice", "curl");
        try (SqliteTlsUsage usage = SqliteTlsUsage.open(url)) {
            usage.add(
                    List.of(
                            new TlsUse(curl, 1, 2, 3, 4, Set.of("data"), LATER),
                            new TlsUse(curl, 1, 10, 0, 0, Set.of("control"), EARLIER),
                            new TlsUse(kind("bob", "curl"), 1, 0, 0, 0, Set.of(), EARLIER)));
        }
        try (SqliteTlsUsage usage = SqliteTlsUsage.open(url)) {
            assertThat(usage.all())
                    .containsExactly(
                            new TlsUse(curl, 2, 12, 3, 4, Set.of("control", "data"), LATER),
                            new TlsUse(kind("bob", "curl"), 1, 0, 0, 0, Set.of(), EARLIER));
            usage.forgetBefore(LATER);
            assertThat(usage.all()).extracting(TlsUse::kind).containsExactly(curl);
        }
    }

    @Test
    void an_account_with_ever_new_clients_fills_no_disk() throws AccountException {
        try (SqliteTlsUsage usage = SqliteTlsUsage.open(url)) {
            for (int i = 0; i < SqliteTlsUsage.KINDS_PER_USER_MAX + 10; i++) {
                usage.add(
                        List.of(
                                new TlsUse(
                                        kind("mallory", "client " + i),
                                        1,
                                        0,
                                        0,
                                        0,
                                        Set.of(),
                                        EARLIER)));
            }
            assertThat(usage.all()).hasSize(SqliteTlsUsage.KINDS_PER_USER_MAX + 1);
            assertThat(usage.all())
                    .filteredOn(use -> use.kind().client().equals(SqliteTlsUsage.OTHER_CLIENTS))
                    .extracting(TlsUse::sessions)
                    .containsExactly(10L);
        }
    }

    private static Kind kind(String user, String client) {
        return new Kind(user, client, "explicit", "explicit", "TLSv1.3", "AES", "-");
    }
}
