package io.sealane.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// The exact error line of each kind of bad value; the table is in bad-values.txt.
class BadValuesTest {
    @TempDir Path folder;

    static Stream<Arguments> pairs() throws IOException {
        List<String> lines =
                table().lines().filter(line -> !line.isEmpty() && !line.startsWith("#")).toList();
        assertThat(lines.size()).as("files and error lines").isEven().isGreaterThan(100);
        return IntStream.range(0, lines.size() / 2)
                .mapToObj(i -> Arguments.of(lines.get(2 * i), lines.get(2 * i + 1)));
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void a_bad_value_gives_exactly_its_error_line(String yaml, String lines) {
        assertThat(new ConfigFile(folder).errors(yaml.replace('|', '\n')))
                .extracting(line -> line.replace("sealane.yaml:", ""))
                .containsExactly(lines.split("\\|", -1));
    }

    private static String table() throws IOException {
        try (InputStream in = BadValuesTest.class.getResourceAsStream("bad-values.txt")) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
