package io.sealane.core.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealane.vfs.Access;
import io.sealane.vfs.Entry;
import io.sealane.vfs.Entry.Kind;
import io.sealane.vfs.StorageAbilities;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class FactLineTest {
    private static final StorageAbilities FEW =
            new StorageAbilities(false, false, false, false, false, false);

    private static String line(Set<Fact> facts, StorageAbilities abilities, Entry entry) {
        StringBuilder line = new StringBuilder();
        new FactLine(facts, abilities).append(line, entry, entry.name());
        return line.toString();
    }

    private static String perm(StorageAbilities abilities, Entry entry) {
        return line(Set.of(Fact.PERM), abilities, entry)
                .replace("perm=", "")
                .replace("; a file", "");
    }

    @Test
    void facts_are_in_order_and_end_with_a_blank_and_the_name() {
        Entry entry = Entries.of(Kind.FILE, 1234, "2026-05-03T04:05:06Z");
        assertThat(line(Fact.DEFAULT, StorageAbilities.ALL, entry))
                .isEqualTo(
                        "type=file;size=1234;modify=20260503040506;perm=adfrw;"
                                + "unique=1.(dev=1ino=27);UNIX.mode=0640; a file");
    }

    @Test
    void only_a_file_has_a_size() {
        Set<Fact> facts = Set.of(Fact.SIZE, Fact.TYPE);
        for (Kind kind : Set.of(Kind.DIRECTORY, Kind.LINK, Kind.OTHER)) {
            Entry entry = Entries.of(kind, 9, "2026-05-03T04:05:06Z");
            assertThat(line(facts, StorageAbilities.ALL, entry)).doesNotContain("size");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "true, true, true, adfrw",
        "true, true, false, arw",
        "true, false, true, dfr",
        "false, true, true, dfw",
        "false, false, false, ''"
    })
    void perm_of_a_file_is_what_the_store_allows(
            boolean read, boolean write, boolean remove, String letters) {
        Access access = new Access(read, write, false, remove);
        assertThat(perm(StorageAbilities.ALL, Entries.with(Kind.FILE, access))).isEqualTo(letters);
    }

    @ParameterizedTest
    @CsvSource({
        "true, true, true, true, cdeflmp",
        "true, false, true, true, defl",
        "true, true, true, false, celmp",
        "false, true, true, false, cemp",
        "true, true, false, false, ''",
        "false, false, true, false, e"
    })
    void perm_of_a_directory_is_what_the_store_allows(
            boolean read, boolean write, boolean enter, boolean remove, String letters) {
        Access access = new Access(read, write, enter, remove);
        assertThat(perm(StorageAbilities.ALL, Entries.with(Kind.DIRECTORY, access)))
                .isEqualTo(letters);
    }

    @Test
    void perm_of_what_is_never_opened_is_about_its_name_alone() {
        assertThat(perm(StorageAbilities.ALL, Entries.link("x"))).isEqualTo("df");
        assertThat(perm(StorageAbilities.ALL, Entries.with(Kind.OTHER, Access.ALL)))
                .isEqualTo("df");
    }

    @Test
    void perm_leaves_out_what_a_store_cannot_do() {
        assertThat(perm(FEW, Entries.with(Kind.FILE, Access.ALL))).isEqualTo("drw");
        assertThat(perm(FEW, Entries.with(Kind.DIRECTORY, Access.ALL))).isEqualTo("cdelmp");
        assertThat(perm(FEW, Entries.link("x"))).isEqualTo("d");
    }

    @ParameterizedTest
    @CsvSource({
        "../file, type=OS.unix=slink:../file; a file",
        "two words, type=OS.unix=slink; a file",
        "a;size=1, type=OS.unix=slink; a file",
        "caf\u00e9, type=OS.unix=slink; a file"
    })
    void a_target_that_the_grammar_has_no_place_for_is_left_out(String target, String line) {
        assertThat(line(Set.of(Fact.TYPE), StorageAbilities.ALL, Entries.link(target)))
                .isEqualTo(line);
    }

    @Test
    void no_fact_is_a_blank_and_the_name() {
        assertThat(line(Set.of(), StorageAbilities.ALL, Entries.link("x"))).isEqualTo(" a file");
    }

    @Test
    void opts_mlst_selects_facts_in_any_case_and_forgets_unknown_ones() {
        Set<Fact> selected = Fact.parse("SIZE;type;nonsense;");
        assertThat(Fact.optsList(selected)).isEqualTo("type;size;");
        assertThat(Fact.featList(selected)).isEqualTo("type*;size*;modify;perm;unique;UNIX.mode;");
    }
}
