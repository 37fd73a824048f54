package io.sealane.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.DictionaryEntries;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.sealane.vfs.VirtualPath;
import java.nio.charset.StandardCharsets;

/// Paths as clients type them, seen from a directory.
///
/// The first line of the input is where the client stands, the rest is what it types.
final class VirtualPathFuzzTest {
    @FuzzTest
    @DictionaryEntries({"/../", "/./", "//", "..", "/"})
    void no_path_leads_out_of_the_root(byte[] octets) {
        check(CleanText.of(octets));
        check(CleanText.ofPairs(octets));
    }

    private static void check(String input) {
        int lineEnd = input.indexOf('\n');
        VirtualPath base =
                VirtualPath.parse("/" + input.substring(0, Math.max(lineEnd, 0)))
                        .orElse(VirtualPath.ROOT);
        String typed = input.substring(lineEnd + 1);
        VirtualPath.resolve(base, typed).ifPresent(path -> assertSound(base, typed, path));
        assertThat(VirtualPath.parse(typed).isPresent() && !typed.startsWith("/"))
                .as("a relative path taken for an absolute one")
                .isFalse();
    }

    private static void assertSound(VirtualPath base, String typed, VirtualPath path) {
        assertThat(path.names())
                .hasSizeLessThanOrEqualTo(VirtualPath.NAMES_MAX)
                .doesNotContain("", ".", "..")
                .allSatisfy(VirtualPathFuzzTest::assertName);
        assertThat(path.toString().getBytes(StandardCharsets.UTF_8).length)
                .as("octets of the path")
                .isLessThanOrEqualTo(VirtualPath.PATH_BYTES_MAX);
        assertThat(VirtualPath.parse(path.toString())).as("parsed again").contains(path);
        assertThat(VirtualPath.resolve(path, "")).contains(path);
        assertThat(VirtualPath.resolve(path, ".")).contains(path);
        assertThat(VirtualPath.resolve(path, "..")).contains(path.parent());
        if (typed.startsWith("/")) {
            assertThat(VirtualPath.parse(typed)).as("wherever one stands").contains(path);
        } else {
            assertThat(VirtualPath.parse(base + "/" + typed)).as("in full").contains(path);
        }
        if (!path.isRoot()) {
            assertThat(path.parent().child(path.name())).isEqualTo(path);
            assertThat(path.startsWith(path.parent())).isTrue();
            assertThat(path.relativeTo(path.parent()).names()).containsExactly(path.name());
        }
        assertThat(path.compareTo(base) == 0).isEqualTo(path.equals(base));
    }

    private static void assertName(String name) {
        assertThat(name).doesNotContain("/", "\0", "\r", "\n");
        assertThat(name.getBytes(StandardCharsets.UTF_8).length)
                .as("octets of %s", name)
                .isBetween(1, VirtualPath.NAME_BYTES_MAX);
    }
}
