package io.sealane.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class FactsLineTest {
    @Test
    void facts_and_name_are_told_apart() {
        assertThat(FactsLine.ofListing("Type=file;Size=12;perm=; a; b=c; "))
                .isEqualTo(
                        new FactsLine(
                                Map.of("type", "file", "size", "12", "perm", ""), "a; b=c; "));
        assertThat(FactsLine.ofListing(" name").facts()).isEmpty();
        assertThat(FactsLine.ofListing("  leading").name()).isEqualTo(" leading");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "type=OS.unix=slink:../a; link",
                "type=cdir;perm=el; .",
                "modify=20160229185622.123; a",
                "UNIX.mode=0644;x.y-z=1; a",
                "perm=ADFRW; a"
            })
    void what_the_rfc_allows_is_read(String line) {
        assertThat(FactsLine.ofListing(line).facts()).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "name",
                "type=file name",
                "type=file;name",
                "type=file; ",
                "type=file;",
                "type=file;;  name",
                "=file; name",
                "type; name",
                "type=plain; name",
                "type=file;Type=file; name",
                "size=; name",
                "size=-1; name",
                "size=1,000; name",
                "modify=20150229000000; name",
                "modify=+100001231235959; name",
                "modify=2015022; name",
                "perm=adx; name",
                "perm=aa; name",
                "unique=; name",
                "unique=a b; name",
                "type=OS.unix=slink:caf\u00e9; name",
                "mode=0644; name",
                "UNIX.mode=rw; name",
                "type=file; a/b"
            })
    void what_the_rfc_does_not_allow_is_not(String line) {
        assertThatThrownBy(() -> FactsLine.ofListing(line)).isInstanceOf(ProtocolViolation.class);
    }

    @Test
    void a_reply_has_one_line_behind_a_blank() {
        assertThat(FactsLine.ofReply(reply("250-Facts", " type=dir; /a b", "250 End")).name())
                .isEqualTo("/a b");
        for (Reply bad :
                List.of(
                        reply("250 type=dir; /a"),
                        reply("250-Facts", "type=dir; /a", "250 End"),
                        reply("250-Facts", " type=dir; /a", " type=dir; /b", "250 End"))) {
            assertThatThrownBy(() -> FactsLine.ofReply(bad)).isInstanceOf(ProtocolViolation.class);
        }
    }

    private static Reply reply(String... lines) {
        return new Reply(250, List.of(lines));
    }
}
