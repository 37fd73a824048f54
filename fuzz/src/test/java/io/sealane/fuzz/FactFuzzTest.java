package io.sealane.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.DictionaryEntries;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.sealane.core.wire.Fact;
import io.sealane.core.wire.FactLine;
import io.sealane.core.wire.ListLine;
import io.sealane.vfs.Access;
import io.sealane.vfs.Entry;
import io.sealane.vfs.StorageAbilities;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/// The argument of OPTS MLST, and the lines that show an entry of a store.
///
/// The first octets are the entry's numbers; all of them are its name and key.
final class FactFuzzTest {
    private static final Instant NOW = Instant.parse("2026-03-04T05:06:07Z");

    @FuzzTest
    @DictionaryEntries({"type;", "size;", "modify;", "perm;", "unique;", "UNIX.mode;", "*"})
    void facts_are_read_and_written_in_one_form(byte[] octets) {
        String text = CleanText.of(octets);
        Set<Fact> chosen = Fact.parse(text);
        String canonical = Fact.optsList(chosen);
        assertThat(Fact.parse(canonical)).isEqualTo(chosen);
        assertThat(canonical).matches("((type|size|modify|perm|unique|UNIX\\.mode);)*");
        assertThat(Fact.featList(chosen).replace("*", "")).isEqualTo(Fact.optsList(Fact.DEFAULT));
        assertThat(Fact.featList(chosen).chars().filter(c -> c == '*').count())
                .isEqualTo(chosen.size());
        Entry entry = entry(octets, text);
        assertFacts(entry, chosen);
        assertListLine(entry);
    }

    private static Entry entry(byte[] octets, String text) {
        ByteBuffer numbers = ByteBuffer.wrap(Arrays.copyOf(octets, 2 * Long.BYTES + 2));
        Instant modified =
                Instant.ofEpochSecond(
                        Math.clamp(
                                numbers.getLong(),
                                Instant.MIN.getEpochSecond(),
                                Instant.MAX.getEpochSecond()));
        long size = numbers.getLong() & Long.MAX_VALUE;
        int mode = numbers.getShort() & 0777;
        Entry.Kind[] kinds = Entry.Kind.values();
        return new Entry(
                text.replaceAll("[\0\r\n/]", "_"),
                kinds[(int) (size % kinds.length)],
                size,
                modified,
                mode == 0 ? OptionalInt.empty() : OptionalInt.of(mode),
                "owner",
                "group",
                1,
                text,
                Access.ALL,
                Optional.empty());
    }

    private static void assertFacts(Entry entry, Set<Fact> chosen) {
        StringBuilder line = new StringBuilder();
        new FactLine(chosen, StorageAbilities.ALL).append(line, entry, entry.name());
        int blank = line.indexOf(" ");
        assertThat(line.substring(blank + 1)).isEqualTo(entry.name());
        assertThat(line.substring(0, blank))
                .matches("([A-Za-z.]+=[^; ]*;)*")
                .doesNotContain("\r", "\n");
        if (chosen.contains(Fact.MODIFY)) {
            assertThat(line.substring(0, blank)).containsPattern("modify=\\d{14};");
        }
    }

    /// What every client's parser of LIST looks for: nine columns, a size, a name to the end.
    private static void assertListLine(Entry entry) {
        StringBuilder line = new StringBuilder();
        new ListLine(ZoneOffset.UTC, NOW).append(line, entry, entry.name());
        assertThat(line.toString()).endsWith(" " + entry.name());
        assertThat(line.substring(0, line.length() - entry.name().length()))
                .matches(
                        "[-dl]([r-][w-][x-]){3} +\\d+ owner +group +\\d+"
                                + " [A-Z][a-z]{2} [ \\d]\\d (\\d\\d:\\d\\d| [ \\d]{3}\\d) ");
    }
}
