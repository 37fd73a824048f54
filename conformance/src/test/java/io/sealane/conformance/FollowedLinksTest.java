package io.sealane.conformance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sealane.core.command.ListingSettings;
import io.sealane.core.command.ListingSettings.Links;
import io.sealane.core.command.ListingSettings.Visibility;
import io.sealane.testkit.Ending;
import io.sealane.testkit.FactsLine;
import io.sealane.testkit.ProbeClient;
import io.sealane.vfs.LinkFollowingStorage;
import io.sealane.vfs.LinkFollowingStorage.Changes;
import io.sealane.vfs.Storage;
import io.sealane.vfs.local.LocalStorage;
import io.sealane.vfs.local.LocalStorageOptions;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Symbolic links that are followed: used as what they lead to, listed as links or as that.
final class FollowedLinksTest {
    private static final TestServer.Options AS_TARGETS =
            TestServer.Options.DEFAULTS.with(
                    new ListingSettings(Visibility.SHOW, Links.AS_TARGETS, ZoneOffset.UTC));

    @TempDir private Path folder;

    private LocalFolder links() throws IOException {
        return LocalFolder.at(folder.resolve("root"))
                .with("v1/deep/guide.txt", "plain.txt")
                .link("file", "v1/deep/guide.txt")
                .link("latest", "v1")
                .link("here", ".")
                .link("dangling", "no/where")
                .link("loop", "loop")
                .link("absolute", folder.toString());
    }

    private TestServer asLinks() throws IOException {
        return links().served(TestServer.Options.DEFAULTS, Changes.ALLOWED);
    }

    private TestServer asTargets() throws IOException {
        return links().served(AS_TARGETS, Changes.DENIED_OVER_LINKS);
    }

    @Test
    void links_are_listed_as_links_but_those_to_files_for_programs() throws IOException {
        try (TestServer server = asLinks();
                ProbeClient client = server.plainMember(Door.PLAIN)) {
            List<String> lines = client.download("LIST").expect(150, 226).lines();
            assertThat(lines.stream().filter(line -> line.startsWith("l")))
                    .extracting(ListedNames::of)
                    .containsExactlyInAnyOrder(
                            "file -> v1/deep/guide.txt",
                            "latest -> v1",
                            "here -> .",
                            "dangling -> no/where",
                            "loop -> loop",
                            "absolute");
            assertThat(FactsLine.types(client.download("MLSD").expect(150, 226).lines()))
                    .containsEntry("file", "file")
                    .containsEntry("latest", "OS.unix=slink:v1")
                    .containsEntry("here", "OS.unix=slink:.")
                    .containsEntry("dangling", "OS.unix=slink:no/where")
                    .containsEntry("absolute", "OS.unix=slink")
                    .containsEntry("v1", "dir")
                    .hasSize(8);
            assertThat(FactsLine.ofReply(client.ask("MLST file")))
                    .satisfies(facts -> {
                        assertThat(facts.fact("size")).contains("17");
                        assertThat(facts.fact("perm")).contains("adfrw");
                    });
            assertThat(FactsLine.ofReply(client.ask("MLST latest")).fact("perm"))
                    .contains("cdeflmp");
        }
    }

    @Test
    void links_are_used_as_what_they_lead_to() throws IOException {
        try (TestServer server = asLinks();
                ProbeClient client = server.plainMember(Door.PLAIN)) {
            assertThat(client.download("RETR file").expect(150, 226).text())
                    .isEqualTo("v1/deep/guide.txt");
            client.send("TYPE I").expect(200);
            assertThat(client.ask("SIZE file").text()).contains("17");
            client.send("CWD latest/deep").expect(250);
            assertThat(client.ask("PWD").text()).contains("\"/latest/deep\"");
            assertThat(client.download("NLST").expect(150, 226).lines())
                    .containsExactly("guide.txt");
            client.send("CDUP").expect(250);
            assertThat(client.ask("PWD").text()).contains("\"/latest\"");
            assertThat(client.download("NLST /latest/deep/*").expect(150, 226).lines())
                    .containsExactly("/latest/deep/guide.txt");
            client.upload("STOR /latest/new.txt", "new".getBytes(UTF_8)).expect(150, 226);
            client.send("MKD /latest/made").expect(257);
            client.send("RNFR /latest/new.txt").expect(350);
            client.send("RNTO /latest/made/moved.txt").expect(250);
            assertThat(folder.resolve("root/v1/made/moved.txt")).hasContent("new");
            client.send("DELE /latest/made/moved.txt").expect(250);
            client.send("RMD /latest/made").expect(250);
            client.send("EPSV").expect(229).send("RETR /loop").expect(550);
            client.send("EPSV").expect(229).send("RETR /dangling").expect(550);
            client.send("CWD /absolute").expect(550);
        }
    }

    /// A folder with links in it goes, and what these led to stays.
    @Test
    void no_walk_goes_on_by_a_link() throws IOException {
        try (TestServer server = asLinks();
                ProbeClient client = server.plainMember(Door.PLAIN)) {
            assertThat(client.download("NLST -R").expect(150, 226).lines())
                    .contains("latest", "v1/deep/guide.txt")
                    .noneMatch(line -> line.startsWith("latest/") || line.startsWith("here/"));
            assertThat(client.ask("DSIZ /").text())
                    .isEqualTo(
                            Integer.toString("v1/deep/guide.txt".length() + "plain.txt".length()));
            client.send("RMD latest").expect(550);
            client.send("RMDA latest").expect(550);
            client.send("MKD doomed").expect(257);
            Files.createSymbolicLink(folder.resolve("root/doomed/l"), Path.of("../v1"));
            client.send("RMDA doomed").expect(250);
            client.send("DELE latest").expect(250);
            assertThat(folder.resolve("root/v1/deep/guide.txt")).exists();
            assertThat(folder.resolve("root/latest")).doesNotExist();
        }
    }

    @Test
    void clients_that_know_no_links_see_what_is_there_and_cannot_change_it() throws IOException {
        try (TestServer server = asTargets();
                ProbeClient client = server.plainMember(Door.PLAIN)) {
            List<String> lines = client.download("LIST").expect(150, 226).lines();
            assertThat(lines).noneMatch(line -> line.startsWith("l") || line.contains("->"));
            assertThat(lines.stream().filter(line -> line.startsWith("d")))
                    .extracting(ListedNames::of)
                    .containsExactlyInAnyOrder("v1", "latest");
            assertThat(FactsLine.types(client.download("MLSD").expect(150, 226).lines()))
                    .containsEntry("file", "file")
                    .containsEntry("latest", "dir")
                    .containsEntry("dangling", "file")
                    .containsEntry("loop", "file")
                    .hasSize(8);
            assertThat(FactsLine.ofReply(client.ask("MLST latest")).fact("perm")).contains("el");
            assertThat(FactsLine.ofReply(client.ask("MLST dangling")).fact("perm")).contains("df");
            assertThat(FactsLine.ofReply(client.ask("MLST latest/deep")).fact("perm"))
                    .contains("el");
            client.send("EPSV").expect(229).send("STOR latest/new").expect(550);
            client.send("DELE latest/deep/guide.txt").expect(550);
            client.send("RNFR latest/deep/guide.txt").expect(350);
            client.send("RNTO stolen").expect(550);
            client.send("RMDA latest/deep").expect(550);
            client.send("DELE file").expect(250);
            assertThat(folder.resolve("root/v1/deep/guide.txt")).exists();
        }
    }

    /// It is kept beside what the link leads to, and its client knows the link alone.
    @Test
    void a_broken_upload_by_a_link_is_gone_on_from() throws IOException {
        try (TestServer server = asLinks();
                ProbeClient client = server.plainMember(Door.PLAIN)) {
            client.send("TYPE I").expect(200);
            client.send("SITE SYMLINK v1/new new").expect(200);
            client.send("SIZE new").expect(550);
            client.upload("STOR new", new ByteArrayInputStream(new byte[1_000]), Ending.RESET)
                    .expect(150, 426);
            assertThat(client.ask("SIZE new").code()).isEqualTo(213);
            assertThat(client.ask("SIZE new")).isEqualTo(client.ask("SIZE latest/new"));
        }
    }

    @Test
    void a_part_is_known_by_all_its_names() throws IOException {
        try (TestServer server = asLinks();
                ProbeClient client = server.plainMember(Door.PLAIN)) {
            client.send("COMB whole v1/deep/guide.txt latest/deep/guide.txt").expect(501);
            client.send("COMB file v1/deep/guide.txt").expect(501);
            assertThat(folder.resolve("root/v1/deep/guide.txt")).hasContent("v1/deep/guide.txt");
        }
    }

    /// Somebody with an account on the host puts a link in the place of a directory that is being
    /// emptied.
    @Test
    void a_link_that_is_swapped_in_saves_what_it_leads_to() throws IOException {
        LocalFolder local = links().with("doomed/x/1", "doomed/x/2", "precious/1", "precious/2");
        Path root = local.root();
        Storage inner = LocalStorage.open(root, LocalStorageOptions.ownedBy(TestServer.USER));
        Storage swapping =
                before(
                        "deleteFile",
                        inner,
                        () -> {
                            if (!Files.isSymbolicLink(root.resolve("doomed/x"))) {
                                Files.move(root.resolve("doomed/x"), root.resolve("moved"));
                                Files.createSymbolicLink(
                                        root.resolve("doomed/x"), Path.of("../precious"));
                            }
                        });
        try (TestServer server =
                        TestServer.start(
                                TestServer.Options.DEFAULTS,
                                new LinkFollowingStorage(swapping, Changes.ALLOWED, List.of()));
                ProbeClient client = server.plainMember(Door.PLAIN)) {
            client.send("RMDA doomed").expect(550);
            assertThat(root.resolve("doomed/x")).isSymbolicLink();
            assertThat(root.resolve("precious/1")).exists();
            assertThat(root.resolve("precious/2")).exists();
        }
    }

    @Test
    void a_recursive_listing_does_not_go_on_by_a_link_that_is_swapped_in() throws IOException {
        LocalFolder local = links().with("top/x/1", "elsewhere/found");
        Path root = local.root();
        Storage inner = LocalStorage.open(root, LocalStorageOptions.ownedBy(TestServer.USER));
        AtomicInteger listed = new AtomicInteger();
        Storage swapping =
                before(
                        "list",
                        inner,
                        () -> {
                            // Behind the top directory, which is read twice.
                            if (listed.incrementAndGet() == 3) {
                                Files.move(root.resolve("top/x"), root.resolve("moved"));
                                Files.createSymbolicLink(
                                        root.resolve("top/x"), Path.of("../elsewhere"));
                            }
                        });
        try (TestServer server =
                        TestServer.start(
                                TestServer.Options.DEFAULTS,
                                new LinkFollowingStorage(swapping, Changes.ALLOWED, List.of()));
                ProbeClient client = server.plainMember(Door.PLAIN)) {
            assertThat(client.download("NLST -R top").expect(150, 226).lines())
                    .containsExactly("top/x");
            assertThat(root.resolve("top/x")).isSymbolicLink();
        }
    }

    /// Does something each time before a method of that name is called.
    private static Storage before(String method, Storage storage, Action action) {
        return (Storage)
                Proxy.newProxyInstance(
                        Storage.class.getClassLoader(),
                        new Class<?>[] {Storage.class},
                        (_, called, arguments) -> {
                            if (called.getName().equals(method)) {
                                action.run();
                            }
                            try {
                                return called.invoke(storage, arguments);
                            } catch (InvocationTargetException failed) {
                                throw failed.getCause();
                            }
                        });
    }

    /// Something done to the host's folder.
    @FunctionalInterface
    private interface Action {
        void run() throws IOException;
    }
}
