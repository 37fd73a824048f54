package io.sealane.conformance.clients;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealane.testkit.RandomBytes;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/// What every client is made to do on every route, in a local folder and a folder on the server of
/// its own:
///
/// - upload [#SMALL], [#EMPTY] and [#NAMES]; list them; download them to names with [#BACK] behind;
/// - upload the rest of [#RESUMED_UP], whose first part is on the server, and download the rest of
///   [#RESUMED_DOWN], whose first part is in the local folder;
/// - rename [#SMALL] to [#RENAMED], delete [#EMPTY], make [#KEPT_FOLDER], make and remove
///   [#GONE_FOLDER].
record Exercise(PackagedServer server, Path local, String remote, Set<Feature> able) {
    static final String SMALL = "small.bin";
    static final String EMPTY = "empty.bin";
    static final String RENAMED = "renamed.bin";
    static final String RESUMED_UP = "resumed-up.bin";
    static final String RESUMED_DOWN = "resumed-down.bin";
    static final String KEPT_FOLDER = "kept";
    static final String GONE_FOLDER = "gone";
    static final String BACK = ".back";

    /// Names as people have them: é composed and decomposed, an emoji, blanks.
    static final List<String> NAMES =
            List.of("caf\u00e9.bin", "cafe\u0301.bin", "ship \ud83d\udea2.bin", "two  blanks.bin");

    static final long FIRST_PART = 100_000;

    private static final long LENGTH = 300_001;
    private static final long NAMED_LENGTH = 1_000;

    /// What some clients are not able to do.
    enum Feature {
        EMPTY_UPLOAD,
        RESUMED_UPLOAD,
        RESUMED_DOWNLOAD,
        NAMES
    }

    /// Makes both folders and what has to be in them.
    static Exercise prepare(PackagedServer server, Path folder, Feature... leftOut)
            throws IOException {
        Set<Feature> able = EnumSet.allOf(Feature.class);
        able.removeAll(List.of(leftOut));
        Exercise exercise = new Exercise(server, folder, server.newFolder("exercise"), able);
        Content.write(folder.resolve(SMALL), content(SMALL));
        Path empty = able.contains(Feature.EMPTY_UPLOAD) ? folder : exercise.stored("");
        Content.write(empty.resolve(EMPTY), content(EMPTY));
        for (String name : NAMES) {
            Content.write(folder.resolve(name), content(name));
        }
        Content.write(folder.resolve(RESUMED_UP), content(RESUMED_UP));
        Content.write(exercise.stored(RESUMED_UP), firstPart(RESUMED_UP));
        Content.write(folder.resolve(RESUMED_DOWN), firstPart(RESUMED_DOWN));
        Content.write(exercise.stored(RESUMED_DOWN), content(RESUMED_DOWN));
        return exercise;
    }

    /// Files to upload.
    List<String> uploaded() {
        List<String> names = new ArrayList<>(List.of(SMALL));
        names.addAll(able.contains(Feature.EMPTY_UPLOAD) ? List.of(EMPTY) : List.of());
        names.addAll(able.contains(Feature.NAMES) ? NAMES : List.of());
        return names;
    }

    /// Files to download.
    List<String> downloaded() {
        List<String> names = new ArrayList<>(List.of(SMALL, EMPTY));
        names.addAll(able.contains(Feature.NAMES) ? NAMES : List.of());
        return names;
    }

    /// A file of the server's folder, on disk.
    Path stored(String name) {
        return server.home().resolve(remote).resolve(name);
    }

    /// Compares what there is now, on both sides and in the server's log, with what has to be.
    void verify(Route route) throws IOException {
        Content.assertSame(stored(RENAMED), content(SMALL));
        Content.assertSame(local.resolve(SMALL + BACK), content(SMALL));
        Content.assertSame(local.resolve(EMPTY + BACK), content(EMPTY));
        assertThat(stored(SMALL)).doesNotExist();
        assertThat(stored(EMPTY)).doesNotExist();
        assertThat(stored(KEPT_FOLDER)).isDirectory();
        assertThat(stored(GONE_FOLDER)).doesNotExist();
        for (Feature feature : able) {
            switch (feature) {
                case RESUMED_UPLOAD -> {
                    Content.assertSame(stored(RESUMED_UP), content(RESUMED_UP));
                    assertRestMoved(RESUMED_UP);
                }
                case RESUMED_DOWNLOAD -> {
                    Content.assertSame(local.resolve(RESUMED_DOWN), content(RESUMED_DOWN));
                    assertRestMoved(RESUMED_DOWN);
                }
                case EMPTY_UPLOAD -> {} // It came back above.
                case NAMES -> verifyNames();
            }
        }
        verifyLog(route);
    }

    /// Asserts that a listing names everything.
    void verifyListing(String listing) {
        assertThat(listing).contains(SMALL, EMPTY, RESUMED_UP, RESUMED_DOWN);
        if (able.contains(Feature.NAMES)) {
            assertThat(listing).contains(NAMES);
        }
    }

    private void verifyNames() throws IOException {
        for (String name : NAMES) {
            Content.assertSame(stored(name), content(name));
            Content.assertSame(local.resolve(name + BACK), content(name));
        }
    }

    private void verifyLog(Route route) {
        assertThat(server.moved("/" + remote))
                .isNotEmpty()
                .allSatisfy(line -> {
                    assertThat(line.isComplete()).as("%s", line).isTrue();
                    assertThat(line.protection()).startsWith(route.protection().inLog());
                });
    }

    private void assertRestMoved(String name) throws IOException {
        assertThat(server.awaitMoved("/" + remote + "/" + name, 1))
                .as("the rest alone is moved")
                .extracting(MovedLine::bytes)
                .contains(LENGTH - FIRST_PART)
                .doesNotContain(LENGTH);
    }

    /// The content that a file of this name has in all tests.
    static RandomBytes content(String name) {
        return switch (name) {
            case EMPTY -> new RandomBytes(0, 0);
            case SMALL, RESUMED_UP, RESUMED_DOWN -> new RandomBytes(name.hashCode(), LENGTH);
            default -> new RandomBytes(name.hashCode(), NAMED_LENGTH);
        };
    }

    private static RandomBytes firstPart(String name) {
        return new RandomBytes(name.hashCode(), FIRST_PART);
    }
}
