package io.sealane.vfs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sealane.vfs.Entry.Kind;
import io.sealane.vfs.LinkFollowingStorage.Changes;
import io.sealane.vfs.StorageException.Reason;
import io.sealane.vfs.local.LocalStorage;
import io.sealane.vfs.local.LocalStorageOptions;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The contract, and links: to a file, to a directory, from below, and such as lead nowhere.
final class LinkFollowingStorageTest extends StorageContract {
    private static final Placement REPLACE = new Placement.Replace();
    private static final Access READABLE = new Access(true, false, false, false);
    private static final String CANARY = "canary";

    @TempDir private Path host;

    @Override
    protected Storage open(InstantSource clock) throws IOException {
        Files.createDirectories(host.resolve("root"));
        Files.createDirectories(host.resolve("outside"));
        Files.writeString(host.resolve("outside/secret"), CANARY);
        return following(
                LocalStorage.open(
                        host.resolve("root"), LocalStorageOptions.ownedBy("me").withClock(clock)),
                Changes.ALLOWED);
    }

    private static Storage following(Storage storage, Changes changes, VirtualPath... covered) {
        return new LinkFollowingStorage(storage, changes, List.of(covered));
    }

    private Storage local() throws StorageException {
        return LocalStorage.open(host.resolve("root"), LocalStorageOptions.ownedBy("me"));
    }

    private static VirtualPath path(String text) {
        return VirtualPath.parse(text).orElseThrow();
    }

    private Path on(String path) {
        return host.resolve("root").resolve(path);
    }

    private void link(String link, String text) throws IOException {
        Files.createDirectories(on(link).getParent());
        Files.createSymbolicLink(on(link), Path.of(text));
    }

    private void file(String name, String content) throws IOException {
        Files.createDirectories(on(name).getParent());
        Files.writeString(on(name), content);
    }

    private static Map<String, Kind> kinds(Storage storage, String directory)
            throws StorageException {
        Map<String, Kind> kinds = new TreeMap<>();
        try (DirectoryReader entries = storage.list(path(directory))) {
            for (Entry entry = entries.next(); entry != null; entry = entries.next()) {
                kinds.put(entry.name(), entry.kind());
            }
        }
        return kinds;
    }

    private static String read(Storage storage, String file) throws IOException {
        ByteBuffer content = ByteBuffer.allocate(1_000);
        try (FileReader reader = storage.openForRead(path(file))) {
            reader.read(content, 0);
        }
        return UTF_8.decode(content.flip()).toString();
    }

    private static void write(Storage storage, String file, String content, Placement placement)
            throws IOException {
        try (Upload upload = storage.openForWrite(path(file), placement)) {
            upload.write(ByteBuffer.wrap(content.getBytes(UTF_8)));
            upload.publish();
        }
    }

    @Test
    void a_link_is_what_it_leads_to_by_its_own_name() throws IOException {
        file("docs/guide", "content");
        link("file", "docs/guide");
        link("directory", "./docs/");
        link("docs/far/up", "../../docs/../file");
        Entry file = storage().stat(path("/file"));
        assertThat(file.kind()).isEqualTo(Kind.FILE);
        assertThat(file.name()).isEqualTo("file");
        assertThat(file.size()).isEqualTo("content".length());
        assertThat(file.target()).contains("docs/guide");
        assertThat(file.isLink()).isTrue();
        assertThat(file.fileKey()).isEqualTo(storage().stat(path("/docs/guide")).fileKey());
        assertThat(storage().stat(path("/directory")).isDirectory()).isTrue();
        assertThat(storage().stat(path("/directory/guide")).isLink()).isFalse();
        assertThat(read(storage(), "/file")).isEqualTo("content");
        assertThat(read(storage(), "/directory/guide")).isEqualTo("content");
        assertThat(read(storage(), "/directory/far/up")).isEqualTo("content");
        assertThat(kinds(storage(), "/directory/far")).containsExactly(Map.entry("up", Kind.FILE));
        assertThat(kinds(storage(), "/"))
                .containsOnly(
                        Map.entry("directory", Kind.DIRECTORY),
                        Map.entry("docs", Kind.DIRECTORY),
                        Map.entry("file", Kind.FILE));
    }

    @Test
    void what_leads_nowhere_is_listed_as_the_link_that_it_is() throws IOException {
        file("file", "content");
        link("dangling", "no/where");
        link("self", "self");
        link("one", "two");
        link("two", "one");
        link("absolute", host.resolve("outside/secret").toString());
        link("upwards", "../outside/secret");
        link("below/upwards", "../../outside/secret");
        link("over-a-file", "file/../file");
        link("a-file-no-directory", "file/.");
        link("below/root", "..");
        link("below/higher", "root/../file");
        link("long", "x".repeat(300));
        assertThat(kinds(storage(), "/"))
                .containsEntry("dangling", Kind.LINK)
                .containsEntry("self", Kind.LINK)
                .containsEntry("one", Kind.LINK)
                .containsEntry("two", Kind.LINK)
                .containsEntry("absolute", Kind.LINK)
                .containsEntry("upwards", Kind.LINK)
                .containsEntry("over-a-file", Kind.LINK)
                .containsEntry("long", Kind.LINK)
                .containsEntry("a-file-no-directory", Kind.LINK)
                .hasSize(11);
        assertThat(kinds(storage(), "/below")).containsEntry("higher", Kind.LINK);
        assertRefused(Reason.NOT_FOUND, () -> read(storage(), "/dangling"));
        for (String link : List.of("/self", "/one", "/absolute", "/upwards", "/below/upwards")) {
            assertRefused(Reason.NOT_PERMITTED, () -> read(storage(), link));
            assertRefused(
                    Reason.NOT_PERMITTED, () -> write(storage(), link, "overwritten", REPLACE));
            assertRefused(Reason.NOT_A_DIRECTORY, () -> storage().list(path(link)));
        }
        assertThat(host.resolve("outside/secret")).hasContent(CANARY);
    }

    @Test
    void so_many_links_and_no_more_are_followed() throws IOException {
        file("end", "content");
        link("link0", "end");
        for (int number = 1; number <= LinkWay.LINKS_MAX; number++) {
            link("link" + number, "link" + (number - 1));
        }
        int most = LinkWay.LINKS_MAX - 1;
        assertThat(read(storage(), "/link" + most)).isEqualTo("content");
        assertRefused(Reason.NOT_PERMITTED, () -> read(storage(), "/link" + (most + 1)));
    }

    @Test
    void a_path_that_links_make_too_long_leads_nowhere() throws IOException {
        link("deep", "x/".repeat(255) + "x");
        assertThat(storage().stat(path("/deep")).kind()).isEqualTo(Kind.LINK);
        link("y/deep", "../" + "x/".repeat(300));
        assertThat(storage().stat(path("/y/deep")).kind()).isEqualTo(Kind.LINK);
        assertRefused(Reason.NOT_A_DIRECTORY, () -> storage().list(path("/y/deep")));
    }

    @Test
    void an_upload_to_a_link_is_one_to_its_end() throws IOException {
        file("docs/guide", "old");
        link("file", "docs/guide");
        link("new", "docs/new");
        write(storage(), "/file", "longer than the old", REPLACE);
        assertThat(on("docs/guide")).hasContent("longer than the old");
        assertThat(on("file")).isSymbolicLink();
        write(storage(), "/file", "!", new Placement.Append());
        assertThat(on("docs/guide")).hasContent("longer than the old!");
        write(storage(), "/new", "new", REPLACE);
        assertThat(on("docs/new")).hasContent("new");
        try (Upload broken = storage().openForWrite(path("/file"), REPLACE)) {
            broken.write(ByteBuffer.wrap("half".getBytes(UTF_8)));
            assertThat(storage().isHalfReplaced(path("/file"))).isTrue();
        }
        assertThat(storage().partialSize(path("/file"))).isEqualTo("half".length());
        assertThat(storage().isHalfReplaced(path("/docs/guide"))).isTrue();
        storage().setModified(path("/file"), Instant.EPOCH);
        storage().setMode(path("/file"), 0600);
        assertThat(Files.getLastModifiedTime(on("docs/guide")).toInstant())
                .isEqualTo(Instant.EPOCH);
        assertThat(storage().stat(path("/docs/guide")).mode()).hasValue(0600);
    }

    @Test
    void the_word_for_a_content_is_not_the_links() throws IOException {
        file("one", "content");
        file("two", "another");
        link("link", "one");
        clock().advance(Duration.ofDays(20_000));
        assertThat(storage().revision(path("/link")))
                .isPresent()
                .isEqualTo(storage().revision(path("/one")));
    }

    @Test
    void names_are_made_and_removed_where_a_linked_directory_is() throws IOException {
        file("docs/guide", "content");
        link("linked", "docs");
        storage().createDirectory(path("/linked/made"));
        storage().createLink(path("/linked/made/link"), path("/docs/guide"));
        assertThat(read(storage(), "/docs/made/link")).isEqualTo("content");
        storage().rename(path("/linked/guide"), path("/linked/made/renamed"));
        assertThat(on("docs/made/renamed")).hasContent("content");
        storage().deleteFile(path("/linked/made/renamed"));
        storage().deleteFile(path("/linked/made/link"));
        storage().removeDirectory(path("/linked/made"));
        assertThat(on("docs")).isEmptyDirectory();
        assertThat(storage().bytesAvailable(path("/linked"))).isPositive();
    }

    @Test
    void to_remove_or_rename_a_link_is_about_the_link() throws IOException {
        file("docs/guide", "content");
        link("linked", "docs");
        link("file", "docs/guide");
        assertRefused(Reason.NOT_A_DIRECTORY, () -> storage().removeDirectory(path("/linked")));
        storage().rename(path("/linked"), path("/docs/moved"));
        assertThat(on("docs/moved")).isSymbolicLink();
        storage().deleteFile(path("/docs/moved"));
        storage().deleteFile(path("/file"));
        assertThat(on("docs/guide")).hasContent("content");
    }

    @Test
    void nothing_is_changed_over_a_link_where_that_is_denied() throws IOException {
        file("docs/guide", "content");
        file("plain/file", "content");
        link("linked", "docs");
        link("file", "docs/guide");
        Storage careful = following(local(), Changes.DENIED_OVER_LINKS);
        for (ThrowingCallable call :
                List.<ThrowingCallable>of(
                        () -> careful.deleteFile(path("/linked/guide")),
                        () -> careful.removeDirectory(path("/linked/guide")),
                        () -> careful.rename(path("/linked/guide"), path("/guide")),
                        () -> careful.rename(path("/plain/file"), path("/linked/guide")),
                        () -> careful.createDirectory(path("/linked/new")),
                        () -> careful.createLink(path("/linked/new"), path("/plain")),
                        () -> careful.setMode(path("/linked/guide"), 0),
                        () -> careful.setModified(path("/linked/guide"), Instant.EPOCH),
                        () -> write(careful, "/linked/guide", "new", REPLACE),
                        () -> write(careful, "/linked/new", "new", REPLACE))) {
            assertRefused(Reason.NOT_PERMITTED, call);
        }
        assertThat(careful.stat(path("/linked/guide")).access()).isEqualTo(READABLE);
        assertThat(careful.stat(path("/docs/guide")).access()).isNotEqualTo(READABLE);
        try (DirectoryReader entries = careful.list(path("/linked"))) {
            Entry guide = Objects.requireNonNull(entries.next());
            assertThat(guide.access()).isEqualTo(READABLE);
        }
        assertThat(read(careful, "/linked/guide")).isEqualTo("content");
        write(careful, "/file", "new", REPLACE);
        careful.deleteFile(path("/linked"));
        assertThat(on("docs/guide")).hasContent("new");
    }

    @Test
    void a_walk_that_knows_no_links_does_not_go_around() throws IOException {
        file("a/b/file", "content");
        link("a/b/self", ".");
        link("a/b/up", "..");
        link("a/b/top", "../..");
        link("a/b/aside", "../../a/b/../b");
        link("a/to-b", "b");
        assertThat(kinds(following(local(), Changes.DENIED_OVER_LINKS), "/a/b"))
                .containsEntry("self", Kind.LINK)
                .containsEntry("up", Kind.LINK)
                .containsEntry("top", Kind.LINK)
                .containsEntry("aside", Kind.LINK);
        assertThat(kinds(following(local(), Changes.DENIED_OVER_LINKS), "/a"))
                .containsEntry("to-b", Kind.DIRECTORY);
        assertThat(kinds(storage(), "/a/b")).containsEntry("up", Kind.DIRECTORY);
    }

    @Test
    void no_link_leads_to_what_is_covered() throws IOException {
        file("a/covered/file", "content");
        file("a/open/file", "content");
        file("b/plain", "content");
        link("open", "a/open");
        link("covered", "a/covered");
        link("inside", "a/covered/file");
        link("through", "a/covered/../open/file");
        link("around", "a");
        link("a/open/top", "../..");
        link("a/open/next", "../../b");
        link("above", "b");
        Storage storage =
                following(
                        local(), Changes.ALLOWED, path("/a/covered"), path("/above/deep/covered"));
        assertThat(read(storage, "/open/file")).isEqualTo("content");
        assertThat(read(storage, "/a/open/next/plain")).isEqualTo("content");
        assertThat(kinds(storage, "/"))
                .containsEntry("covered", Kind.LINK)
                .containsEntry("inside", Kind.LINK)
                .containsEntry("through", Kind.LINK)
                .containsEntry("around", Kind.LINK)
                .containsEntry("above", Kind.LINK)
                .containsEntry("open", Kind.DIRECTORY);
        for (String closed :
                List.of(
                        "/covered/file",
                        "/around/covered/file",
                        "/around/open/file",
                        "/around/open/new",
                        "/above/plain",
                        "/above/new",
                        "/a/open/top/b/plain")) {
            VirtualPath path = path(closed);
            for (ThrowingCallable call :
                    List.<ThrowingCallable>of(
                            () -> read(storage, closed),
                            () -> write(storage, closed, "x", REPLACE),
                            () -> storage.stat(path),
                            () -> storage.list(path.parent()),
                            () -> storage.createDirectory(path),
                            () -> storage.deleteFile(path),
                            () -> storage.rename(path, path("/renamed")),
                            () -> storage.setMode(path, 0600),
                            () -> storage.partialSize(path))) {
                assertRefused(Reason.NOT_A_DIRECTORY, call);
            }
        }
    }

    @Test
    void a_link_that_is_made_to_be_costly_soon_is_followed_no_more() throws IOException {
        int depth = 100;
        file("end", "content");
        for (int link = 0; link < LinkWay.LINKS_MAX - 2; link++) {
            String here = link % 2 == 0 ? "a/" : "b/";
            String there = link % 2 == 0 ? "b/" : "a/";
            String last = link == 0 ? "end" : there.repeat(depth) + "l" + (link - 1);
            link(here.repeat(depth) + "l" + link, "../".repeat(depth) + last);
        }
        String chain = "b/".repeat(depth) + "l" + (LinkWay.LINKS_MAX - 3);
        int count = 1_000;
        for (int link = 0; link < count; link++) {
            link("many/" + link, "../" + chain);
        }
        assertThat(read(storage(), "/many/7")).isEqualTo("content");
        assertThat(kinds(storage(), "/many").values())
                .hasSize(count)
                .contains(Kind.FILE, Kind.LINK);
    }

    @Test
    void a_way_has_one_end() throws IOException {
        file("docs/guide", "content");
        link("linked", "docs");
        link("file", "linked/guide");
        assertThat(storage().end(path("/file"))).isEqualTo(path("/docs/guide"));
        assertThat(storage().end(path("/linked/guide"))).isEqualTo(path("/docs/guide"));
        assertThat(storage().end(path("/linked/new"))).isEqualTo(path("/docs/new"));
        assertThat(storage().end(path("/docs/guide"))).isEqualTo(path("/docs/guide"));
        assertRefused(Reason.NOT_A_DIRECTORY, () -> storage().withoutLinks().list(path("/linked")));
    }

    @Test
    void hidden_files_are_not_reached_by_links() throws IOException {
        file(".sealane-x.partial", "hidden");
        link("link", ".sealane-x.partial");
        assertThat(storage().stat(path("/link")).kind()).isEqualTo(Kind.LINK);
        assertRefused(Reason.NOT_FOUND, () -> read(storage(), "/link"));
        assertRefused(Reason.BAD_NAME, () -> write(storage(), "/link", "x", REPLACE));
    }
}
