package io.sealane.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealane.core.command.ListingSettings;
import io.sealane.core.command.ListingSettings.Links;
import io.sealane.core.command.ListingSettings.Visibility;
import io.sealane.testkit.FactsLine;
import io.sealane.testkit.ProbeClient;
import java.io.IOException;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Symbolic links that are not followed, in listings: shown as what they are or not at all, and no
/// reason to end a listing.
final class ListedLinksTest {
    private static final TestServer.Options HIDING =
            TestServer.Options.DEFAULTS.with(
                    new ListingSettings(Visibility.SHOW, Links.HIDE, ZoneOffset.UTC));

    @TempDir private Path folder;

    private TestServer served(TestServer.Options options) throws IOException {
        return LocalFolder.at(folder.resolve("root"))
                .with("docs/guide.txt", "plain.txt")
                .link("to file", "docs/guide.txt")
                .link("to-directory", "docs")
                .link("dangling", "no/where")
                .link("loop", "loop")
                .link("other-loop", "loop")
                .link("upwards", "..")
                .link("absolute", folder.toString())
                .link("docs/back", "../plain.txt")
                .served(options);
    }

    @Test
    void links_are_listed_with_their_targets_where_these_may_be_seen() throws IOException {
        try (TestServer server = served(TestServer.Options.DEFAULTS);
                ProbeClient client = server.plainMember(Door.PLAIN)) {
            List<String> lines = client.download("LIST").expect(150, 226).lines();
            assertThat(lines.stream().filter(line -> line.startsWith("lrwxrwxrwx")))
                    .extracting(ListedNames::of)
                    .containsExactlyInAnyOrder(
                            "to file -> docs/guide.txt",
                            "to-directory -> docs",
                            "dangling -> no/where",
                            "loop -> loop",
                            "other-loop -> loop",
                            "upwards",
                            "absolute");
            assertThat(lines.stream().filter(line -> !line.startsWith("l")))
                    .extracting(ListedNames::of)
                    .containsExactlyInAnyOrder("docs", "plain.txt");
            assertThat(FactsLine.types(client.download("MLSD").expect(150, 226).lines()))
                    .containsEntry("to file", "OS.unix=slink:docs/guide.txt")
                    .containsEntry("dangling", "OS.unix=slink:no/where")
                    .containsEntry("loop", "OS.unix=slink:loop")
                    .containsEntry("upwards", "OS.unix=slink")
                    .containsEntry("absolute", "OS.unix=slink")
                    .containsEntry("docs", "dir")
                    .containsEntry("plain.txt", "file")
                    .hasSize(9);
            assertThat(FactsLine.types(client.download("MLSD docs").expect(150, 226).lines()))
                    .containsEntry("back", "OS.unix=slink:../plain.txt");
            assertThat(FactsLine.ofReply(client.ask("MLST loop")))
                    .satisfies(facts -> {
                        assertThat(facts.name()).isEqualTo("/loop");
                        assertThat(facts.fact("perm")).contains("df");
                        assertThat(facts.fact("size")).isEmpty();
                    });
        }
    }

    @Test
    void a_link_is_listed_itself_and_leads_nowhere() throws IOException {
        try (TestServer server = served(TestServer.Options.DEFAULTS);
                ProbeClient client = server.plainMember(Door.PLAIN)) {
            assertThat(client.download("NLST to-directory").expect(150, 226).lines())
                    .containsExactly("to-directory");
            assertThat(client.download("NLST -R").expect(150, 226).lines())
                    .contains("docs/guide.txt", "to-directory")
                    .noneMatch(line -> line.startsWith("to-directory/"));
            client.send("EPSV").expect(229).send("LIST to-directory/*").expect(550);
            client.send("EPSV").expect(229).send("MLSD to-directory").expect(501);
            client.send("EPSV").expect(229).send("RETR to file").expect(550);
        }
    }

    @Test
    void hidden_links_are_in_no_listing() throws IOException {
        try (TestServer server = served(HIDING);
                ProbeClient client = server.plainMember(Door.PLAIN)) {
            for (String command : List.of("LIST", "LIST -a", "LIST *")) {
                assertThat(ListedNames.of(client.download(command).expect(150, 226).lines()))
                        .as(command)
                        .containsExactlyInAnyOrder("docs", "plain.txt");
            }
            assertThat(client.download("NLST").expect(150, 226).lines())
                    .containsExactlyInAnyOrder("docs", "plain.txt");
            assertThat(FactsLine.types(client.download("MLSD").expect(150, 226).lines()))
                    .containsOnlyKeys("docs", "plain.txt");
            assertThat(FactsLine.types(client.download("MLSD docs").expect(150, 226).lines()))
                    .containsOnlyKeys("guide.txt");
            assertThat(client.download("NLST -R").expect(150, 226).lines())
                    .containsExactlyInAnyOrder("docs", "docs/guide.txt", "plain.txt");
            assertThat(ListedNames.of(client.ask("STAT /").body()))
                    .containsExactlyInAnyOrder("docs", "plain.txt");
            client.send("MLST loop").expect(550);
            client.send("STAT loop").expect(550);
            client.send("EPSV").expect(229).send("LIST loop").expect(550);
        }
    }
}
