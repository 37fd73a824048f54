package io.sealane.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealane.core.command.ListingSettings;
import io.sealane.core.command.ListingSettings.Links;
import io.sealane.core.command.ListingSettings.Visibility;
import io.sealane.testkit.Download;
import io.sealane.testkit.ProbeClient;
import io.sealane.vfs.LinkFollowingStorage.Changes;
import java.io.IOException;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// What LIST and NLST show for what they are asked (RFC 959 section 4.1.3, RFC 1123 section
/// 4.1.2.7, and thirty years of `ls`). Names in the tables are NLST's; LIST and STAT have their
/// last part.
final class ListingArgumentsTest {
    private static final TestServer.Options HIDING =
            TestServer.Options.DEFAULTS.with(
                    new ListingSettings(Visibility.HIDE, Links.SHOW, ZoneOffset.UTC));

    /// Argument, and the names that it shows, each of them in apostrophes.
    private static final String SHOWN =
            """
            docs                  'docs/guide.txt' 'docs/.dot' 'docs/-a' 'docs/sub'
            docs/                 'docs/guide.txt' 'docs/.dot' 'docs/-a' 'docs/sub'
            /docs                 '/docs/guide.txt' '/docs/.dot' '/docs/-a' '/docs/sub'
            ./docs                './docs/guide.txt' './docs/.dot' './docs/-a' './docs/sub'
            docs/../docs/sub      'docs/../docs/sub/deep.txt'
            void
            a.txt                 'a.txt'
            /docs/guide.txt       '/docs/guide.txt'
            two words             'two words/in side'
            .rc                   '.rc'
            -a void
            -la docs/sub          'docs/sub/deep.txt'
            -a -l docs/sub        'docs/sub/deep.txt'
            -AlRtSrFLdh1 docs     'docs'
            -al two words         'two words/in side'
            -a  lead              ' lead/x'
            -- docs/sub           'docs/sub/deep.txt'
            -d docs               'docs'
            -ld docs/             'docs/'
            -d .                  '.'
            -d /                  '/'
            -R docs/sub           'docs/sub/deep.txt'
            -l                    '-l'
            -a -l                 '-l'
            -- -l                 '-l'
            docs/-a               'docs/-a'
            *.txt                 'a.txt' 'b.txt' '[x].txt' 'x.txt'
            ?.txt                 'a.txt' 'b.txt' 'x.txt'
            [ab].*                'a.txt' 'b.txt'
            [!a-b].txt            'x.txt'
            *c
            -a *c                 '.rc'
            docs/g*               'docs/guide.txt'
            /docs/s?b             '/docs/sub'
            docs/*                'docs/guide.txt' 'docs/-a' 'docs/sub'
            -a docs/*             'docs/guide.txt' 'docs/.dot' 'docs/-a' 'docs/sub'
            docs/.*               'docs/.dot'
            -a docs/.*            'docs/.dot'
            two*                  'two words'
            *.zip
            docs/sub/*            'docs/sub/deep.txt'
            [x].txt               '[x].txt'
            \\[x].txt              '[x].txt'
            \\*
            """;

    /// The same where hidden files are hidden.
    private static final String SHOWN_HIDING =
            """
            docs                  'docs/guide.txt' 'docs/-a' 'docs/sub'
            -a docs               'docs/guide.txt' 'docs/.dot' 'docs/-a' 'docs/sub'
            -A docs               'docs/guide.txt' 'docs/.dot' 'docs/-a' 'docs/sub'
            docs/*                'docs/guide.txt' 'docs/-a' 'docs/sub'
            docs/.*               'docs/.dot'
            docs/.dot             'docs/.dot'
            *c
            -a *c                 '.rc'
            """;

    private static final List<String> REFUSED =
            List.of(
                    "nowhere",
                    "-a nowhere",
                    "nowhere/*",
                    "nowhere/*/*",
                    "*/../*",
                    "*/./*",
                    "*//*",
                    "*/*/",
                    "*/*/*/*/*/*/*/*/*",
                    "docs/nothing",
                    "a.txt/x",
                    "-la a.txt/*");

    @TempDir private Path folder;

    @TestFactory
    Stream<DynamicTest> an_argument_shows_what_it_names() throws IOException {
        return shown(served(TestServer.Options.DEFAULTS), SHOWN);
    }

    @TestFactory
    Stream<DynamicTest> hidden_files_are_shown_if_asked_for() throws IOException {
        return shown(served(HIDING), SHOWN_HIDING);
    }

    @Test
    void what_is_not_there_is_refused() throws IOException {
        try (TestServer server = served(TestServer.Options.DEFAULTS);
                ProbeClient client = server.plainMember(Door.PLAIN)) {
            for (String argument : REFUSED) {
                client.send("EPSV").expect(229).send("LIST " + argument).expect(550);
                client.send("EPSV").expect(229).send("NLST " + argument).expect(550);
                client.send("STAT " + argument).expect(550);
            }
        }
    }

    @Test
    void options_alone_show_the_current_directory() throws IOException {
        try (TestServer server = served(TestServer.Options.DEFAULTS);
                ProbeClient client = server.plainMember(Door.PLAIN)) {
            client.send("CWD docs").expect(250);
            for (String argument : List.of("", " ", " -al", " -1", " -a ", " --", " .")) {
                assertThat(ListedNames.of(lines(client, "LIST" + argument)))
                        .as(argument)
                        .containsExactlyInAnyOrder("guide.txt", ".dot", "-a", "sub");
            }
        }
    }

    @Test
    void patterns_further_up_are_gone_on_from() throws IOException {
        try (TestServer server = served(TestServer.Options.DEFAULTS);
                ProbeClient client = server.plainMember(Door.PLAIN)) {
            assertThat(lines(client, "NLST d*/*"))
                    .containsExactly("docs/-a", "docs/guide.txt", "docs/sub");
            assertThat(lines(client, "NLST /d*/s*/*")).containsExactly("/docs/sub/deep.txt");
            assertThat(lines(client, "NLST *s/i*")).containsExactly("two words/in side");
            assertThat(lines(client, "NLST -a */.*")).containsExactly("docs/.dot");
            assertThat(lines(client, "NLST */guide.txt")).containsExactly("docs/guide.txt");
            assertThat(lines(client, "NLST d*/sub/*")).containsExactly("docs/sub/deep.txt");
            assertThat(lines(client, "NLST */nothing")).isEmpty();
            assertThat(ListedNames.of(lines(client, "LIST d*/g*")))
                    .containsExactly("docs/guide.txt");
            assertThat(ListedNames.of(client.ask("STAT d*/g*").body()))
                    .containsExactly("docs/guide.txt");
        }
    }

    /// By the links there are more ways than anybody waits for.
    @Test
    void patterns_do_not_go_on_by_links() throws IOException {
        LocalFolder local = LocalFolder.at(folder).with("file", "d/file");
        for (int link = 0; link < 20; link++) {
            local.link("l" + link, ".");
        }
        try (TestServer server = local.served(TestServer.Options.DEFAULTS, Changes.ALLOWED);
                ProbeClient client = server.plainMember(Door.PLAIN)) {
            assertThat(lines(client, "NLST */*/*/*/*/*/*/nothing")).isEmpty();
            assertThat(lines(client, "NLST */file")).containsExactly("d/file");
            assertThat(lines(client, "NLST l0/d*/f*")).containsExactly("l0/d/file");
        }
    }

    @Test
    void a_directory_is_listed_by_name() throws IOException {
        List<String> names =
                IntStream.range(0, 200).mapToObj(number -> "f" + number * 37 % 200).toList();
        try (TestServer server =
                        LocalFolder.at(folder)
                                .with(names.toArray(String[]::new))
                                .served(TestServer.Options.DEFAULTS);
                ProbeClient client = server.plainMember(Door.PLAIN)) {
            List<String> sorted = names.stream().sorted().toList();
            assertThat(ListedNames.of(lines(client, "LIST"))).isEqualTo(sorted);
            assertThat(lines(client, "NLST")).isEqualTo(sorted);
            assertThat(lines(client, "NLST f*")).isEqualTo(sorted);
            assertThat(ListedNames.of(client.ask("STAT .").body())).isEqualTo(sorted);
            assertThat(lines(client, "NLST -r")).isEqualTo(sorted.reversed());
        }
    }

    @Test
    void recursion_leaves_out_what_is_hidden() throws IOException {
        try (TestServer server = served(HIDING);
                ProbeClient client = server.plainMember(Door.PLAIN)) {
            client.send("MKD .git").expect(257).send("MKD .git/objects").expect(257);
            assertThat(lines(client, "NLST -R"))
                    .contains("docs/sub/deep.txt", "docs/guide.txt")
                    .noneMatch(line -> line.contains(".git"));
            assertThat(lines(client, "NLST -aR")).contains(".git/objects");
        }
    }

    @Test
    void mlsd_shows_hidden_files_always() throws IOException {
        try (TestServer server = served(HIDING);
                ProbeClient client = server.plainMember(Door.PLAIN)) {
            assertThat(lines(client, "MLSD docs")).anyMatch(line -> line.endsWith(" .dot"));
        }
    }

    private TestServer served(TestServer.Options options) throws IOException {
        return LocalFolder.at(folder)
                .with("a.txt", "b.txt", "c.log", ".rc", "[x].txt", "x.txt", "-l")
                .with("docs/guide.txt", "docs/.dot", "docs/-a", "docs/sub/deep.txt")
                .with("two words/in side", " lead/x", "void/")
                .served(options);
    }

    private static Stream<DynamicTest> shown(TestServer server, String table) {
        return table.lines()
                .map(row -> {
                    int end = row.indexOf(" '");
                    String argument = (end < 0 ? row : row.substring(0, end)).strip();
                    List<String> names =
                            Pattern.compile("'([^']*)'")
                                    .matcher(row)
                                    .results()
                                    .map(name -> name.group(1))
                                    .toList();
                    return DynamicTest.dynamicTest(
                            argument, () -> assertListed(server, argument, names));
                })
                .onClose(server::close);
    }

    private static void assertListed(TestServer server, String argument, List<String> names)
            throws IOException {
        try (ProbeClient client = server.plainMember(Door.PLAIN)) {
            assertThat(lines(client, "NLST " + argument))
                    .containsExactlyInAnyOrderElementsOf(names);
            List<String> lastParts = names.stream().map(ListingArgumentsTest::lastPart).toList();
            assertThat(ListedNames.of(lines(client, "LIST " + argument)))
                    .containsExactlyInAnyOrderElementsOf(lastParts);
            assertThat(ListedNames.of(client.ask("STAT " + argument).body()))
                    .containsExactlyInAnyOrderElementsOf(lastParts);
        }
    }

    private static List<String> lines(ProbeClient client, String command) throws IOException {
        Download download = client.download(command);
        return download.expect(150, 226).lines();
    }

    private static String lastPart(String path) {
        if (path.equals("/")) {
            return path;
        }
        String bare = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
        return bare.substring(bare.lastIndexOf('/') + 1);
    }
}
