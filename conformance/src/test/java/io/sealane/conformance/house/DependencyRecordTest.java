package io.sealane.conformance.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// Every dependency whose version the root pom or the tests' `package.json` names has a row, with
/// this version, in the record that says why it was chosen.
final class DependencyRecordTest {
    private static final Pattern MAVEN = Pattern.compile("<[\\w-]+\\.version>([^<]+)</");
    private static final Pattern NPM = Pattern.compile("\": \"([\\d.]+)\"");

    @Test
    void every_version_in_the_pom_is_in_the_record() throws IOException {
        List<String> rows = rows(MAVEN, "pom.xml");
        assertThat(rows).hasSizeGreaterThan(10);
        assertThat(text("docs/decisions/0002-dependencies.md")).contains(rows);
    }

    @Test
    void every_version_of_npm_is_in_the_record() throws IOException {
        List<String> rows = rows(NPM, "conformance/package.json");
        assertThat(rows).isNotEmpty();
        assertThat(text("docs/decisions/0002-dependencies.md")).contains(rows);
    }

    private static List<String> rows(Pattern version, String path) throws IOException {
        return version.matcher(text(path))
                .results()
                .map((MatchResult found) -> "| " + found.group(1) + " |")
                .toList();
    }

    private static String text(String path) throws IOException {
        return Files.readString(Checkout.here().root().resolve(path));
    }
}
