package io.sealane.conformance.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// Every dependency whose version the root pom names has a row, with this version, in the record
/// that says why it was chosen.
final class DependencyRecordTest {
    private static final Pattern VERSION = Pattern.compile("<([\\w-]+)\\.version>([^<]+)</");

    @Test
    void every_version_in_the_pom_is_in_the_record() {
        List<SourceFile> files = Checkout.here().files();
        List<String> versions =
                VERSION.matcher(text(files, "pom.xml"))
                        .results()
                        .map((MatchResult version) -> "| " + version.group(2) + " |")
                        .toList();
        assertThat(versions).hasSizeGreaterThan(10);
        assertThat(text(files, "docs/decisions/0002-dependencies.md")).contains(versions);
    }

    private static String text(List<SourceFile> files, String path) {
        return files.stream()
                .filter(file -> file.path().equals(path))
                .findFirst()
                .orElseThrow()
                .text();
    }
}
