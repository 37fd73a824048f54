package io.sealane.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealane.testkit.FactsLine;
import io.sealane.testkit.ProbeClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// MLSD and MLST against the grammar of RFC 3659 section 7, read by a parser that takes nothing
/// else, and against the files themselves.
final class FactsTest {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuuMMddHHmmss", Locale.ROOT);

    /// Names that are hard to tell from what is around them, or to encode.
    private static final List<String> NAMES =
            List.of(
                    "plain",
                    " leading",
                    "trailing ",
                    "a; b=c; d",
                    ";",
                    "type=file; x",
                    "quote\"s",
                    "%41",
                    "*?[]",
                    "tab\there",
                    "caf\u00e9",
                    "cafe\u0301",
                    "\u0444\u0430\u0439\u043b",
                    "\uD83D\uDE80",
                    "n".repeat(255),
                    "250 End",
                    "-la");

    private static final List<Instant> TIMES =
            Stream.of(
                            "1970-01-01T00:00:00Z",
                            "1969-12-31T23:59:59Z",
                            "2016-02-29T18:56:22Z",
                            "2038-01-19T03:14:08Z",
                            "2106-02-07T06:28:16Z")
                    .map(Instant::parse)
                    .toList();

    @TempDir private Path folder;

    private TestServer served() throws IOException {
        return LocalFolder.at(folder)
                .with(NAMES.toArray(String[]::new))
                .with("dir/")
                .link("link", "plain")
                .served(TestServer.Options.DEFAULTS);
    }

    @Test
    void every_line_is_grammatical_and_every_name_survives() throws IOException {
        List<String> names = new ArrayList<>(NAMES);
        names.addAll(List.of("dir", "link"));
        try (TestServer server = served();
                ProbeClient client = server.plainMember(Door.PLAIN)) {
            assertThat(listed(client)).extracting(FactsLine::name).hasSameElementsAs(names);
            for (FactsLine line : listed(client)) {
                FactsLine single = FactsLine.ofReply(client.ask("MLST " + line.name()));
                assertThat(single.name()).isEqualTo("/" + line.name());
                assertThat(single.facts()).isEqualTo(line.facts());
                assertThat(client.ask("MLST " + single.name()).code()).isEqualTo(250);
            }
            for (String name : NAMES) {
                client.download("RETR " + name).expect(150, 226);
            }
        }
    }

    @Test
    void facts_are_what_the_host_says() throws IOException {
        for (Instant time : TIMES) {
            Files.setLastModifiedTime(
                    LocalFolder.at(folder).with("at " + time).root().resolve("at " + time),
                    FileTime.from(time));
        }
        try (TestServer server = served();
                ProbeClient client = server.plainMember(Door.PLAIN)) {
            for (FactsLine line : listed(client)) {
                Path file = folder.resolve(line.name());
                boolean plain = Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS);
                assertThat(line.fact("size"))
                        .isEqualTo(
                                plain
                                        ? Optional.of(Long.toString(Files.size(file)))
                                        : Optional.empty());
                Instant modified =
                        Files.getLastModifiedTime(file, LinkOption.NOFOLLOW_LINKS).toInstant();
                assertThat(line.fact("modify"))
                        .contains(TIME.format(LocalDateTime.ofInstant(modified, ZoneOffset.UTC)));
                if (plain) {
                    assertThat(client.ask("MDTM " + line.name()).text())
                            .isEqualTo(line.fact("modify").orElseThrow());
                }
            }
        }
    }

    @Test
    void unique_is_the_same_for_the_same_file_and_differs_for_others() throws IOException {
        try (TestServer server = served();
                ProbeClient client = server.plainMember(Door.PLAIN)) {
            Files.createLink(folder.resolve("second name"), folder.resolve("plain"));
            List<FactsLine> lines = listed(client);
            assertThat(lines.stream().map(line -> line.fact("unique").orElseThrow()).distinct())
                    .hasSize(lines.size() - 1);
            assertThat(unique(client, "second name")).isEqualTo(unique(client, "plain"));
            String before = unique(client, "dir");
            client.send("RNFR dir").expect(350).send("RNTO moved").expect(250);
            assertThat(unique(client, "moved")).isEqualTo(before);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "OPTS MLST Type;SIZE;mOdIfY;, 'type;size;modify;'",
        "opts mlst unix.mode;, UNIX.mode;",
        "OPTS MLST create;lang;size;x.y;, size;",
        "OPTS MLST, ''"
    })
    void opts_mlst_selects_facts(String command, String selected) throws IOException {
        try (TestServer server = served();
                ProbeClient client = server.plainMember(Door.PLAIN)) {
            client.send(command).expect(200, ("MLST OPTS " + selected).strip() + "...");
            String[] names = selected.isEmpty() ? new String[0] : selected.split(";");
            String shown =
                    client.features().stream()
                            .filter(line -> line.startsWith("MLST "))
                            .findFirst()
                            .orElseThrow();
            for (String fact : shown.substring("MLST ".length()).split(";")) {
                boolean starred = fact.endsWith("*");
                assertThat(List.of(names).contains(fact.replace("*", ""))).isEqualTo(starred);
            }
            for (FactsLine line : listed(client)) {
                assertThat(Stream.of(names).map(name -> name.toLowerCase(Locale.ROOT)))
                        .containsAll(line.facts().keySet());
            }
        }
    }

    private static List<FactsLine> listed(ProbeClient client) throws IOException {
        return client.download("MLSD").expect(150, 226).lines().stream()
                .map(FactsLine::ofListing)
                .toList();
    }

    private static String unique(ProbeClient client, String name) throws IOException {
        return FactsLine.ofReply(client.ask("MLST " + name)).fact("unique").orElseThrow();
    }
}
