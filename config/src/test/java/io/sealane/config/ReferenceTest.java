package io.sealane.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Holds docs/reference/configuration.md, sealane.sample.yaml and the examples to what the loader
/// does.
class ReferenceTest {
    private static final Path REFERENCE = upwards("docs/reference/configuration.md");
    private static final Path SAMPLE = upwards("sealane.sample.yaml");
    private static final Path EXAMPLES = upwards("examples");

    /// The examples that serve less than is good, for who has no choice.
    private static final List<String> WARNED_OF =
            List.of("cameras-and-printers.yaml", "stricter-step-by-step.yaml");

    /// Lines of an example: more than one purpose would not fit.
    private static final int EXAMPLE_LINES_MAX = 40;

    /// A row of a key: key, value, default, meaning, example.
    private static final Pattern ROW =
            Pattern.compile(
                    "^\\| `([^`]+)` \\| ([^|]+) \\| ([^|]+) \\| ([^|]+) \\| `([^`|]+)` \\|$",
                    Pattern.MULTILINE);

    private static final Pattern LITERAL = Pattern.compile("^`([^`]+)`.*");

    @TempDir Path folder;

    record Row(String key, String defaultText, String example) {}

    static List<Row> rows() {
        return ROW.matcher(text(REFERENCE)).results().map(ReferenceTest::row).toList();
    }

    @Test
    void every_key_is_documented_and_every_documented_key_is_known() {
        assertThat(rows())
                .extracting(Row::key)
                .containsExactlyInAnyOrderElementsOf(
                        Arrays.stream(Key.values()).map(Key::path).toList());
    }

    @ParameterizedTest
    @MethodSource("rows")
    void every_example_loads_and_names_its_key(Row row) {
        String word = row.key.substring(row.key.lastIndexOf('.') + 1).replace("[]", "");

        assertThat(row.example).contains(word + ":");
        assertThat(new ConfigFile(folder).ok(row.example).config()).isNotNull();
    }

    @ParameterizedTest
    @MethodSource("rows")
    void every_documented_default_is_what_a_file_without_the_key_has(Row row) {
        Optional<String> value =
                LITERAL.matcher(row.defaultText)
                        .results()
                        .map(literal -> literal.group(1))
                        .findFirst();
        if (value.isEmpty()) {
            return; // said in words: required, derived, or a section
        }
        String word = row.key.substring(row.key.lastIndexOf('.') + 1);
        ConfigFile file = new ConfigFile(folder);

        assertThat(file.config(around(row.key, word + ": " + quoted(value.get()))))
                .isEqualTo(file.config(around(row.key, "")));
    }

    @Test
    void zero_config_is_the_documented_file() {
        String yaml =
                Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL)
                        .matcher(text(REFERENCE))
                        .results()
                        .map(block -> block.group(1))
                        .findFirst()
                        .orElseThrow();

        assertThat(new ConfigFile(folder).config(yaml))
                .isEqualTo(ConfigDefaults.zeroConfig(folder));
    }

    @Test
    void the_sample_loads_without_errors_and_warnings() {
        ConfigResult result = ConfigLoader.load(SAMPLE);

        assertThat(result)
                .isInstanceOfSatisfying(
                        ConfigResult.Ok.class,
                        ok -> {
                            assertThat(ok.warnings()).isEmpty();
                            assertThat(ok.config().passive().ports()).hasToString("40000-50000");
                            assertThat(ok.config().listeners())
                                    .extracting(
                                            ListenerConfig::mode,
                                            ListenerConfig::ports,
                                            listener -> listener.address().getHostAddress())
                                    .containsExactly(
                                            tuple(
                                                    ListenerMode.EXPLICIT,
                                                    List.of(21, 3021),
                                                    "0:0:0:0:0:0:0:0"),
                                            tuple(
                                                    ListenerMode.IMPLICIT,
                                                    List.of(990, 3990),
                                                    "0:0:0:0:0:0:0:0"));
                        });
    }

    @Test
    void what_the_sample_has_in_comments_loads_as_well() {
        String yaml =
                text(SAMPLE)
                        .replaceAll(
                                "(?m)^( *)# ((certificates|client-certificates|hosts"
                                        + "|advertise(-to)?):| +- \\{)",
                                "$1$2");

        SealaneConfig config = new ConfigFile(folder).config(yaml);

        assertThat(config.certificates()).hasSize(1);
        assertThat(config.clientCertificates()).isPresent();
        assertThat(config.hosts()).hasSize(1);
        assertThat(config.passive().advertise()).hasToString("ftp.example.com");
        assertThat(config.passive().advertiseTo()).hasSize(1);
    }

    static List<Path> examples() throws IOException {
        try (Stream<Path> files = Files.list(EXAMPLES)) {
            return files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("examples")
    void every_example_file_loads_and_is_short(Path example) {
        String name = example.getFileName().toString();

        assertThat(ConfigLoader.load(example))
                .isInstanceOfSatisfying(
                        ConfigResult.Ok.class,
                        ok ->
                                assertThat(ok.warnings().isEmpty())
                                        .as("%s", ok.warnings())
                                        .isEqualTo(!WARNED_OF.contains(name)));
        assertThat(text(example).lines().count()).isLessThanOrEqualTo(EXAMPLE_LINES_MAX);
    }

    @Test
    void the_list_of_examples_names_each() throws IOException {
        String list = text(EXAMPLES.resolve("README.md"));

        assertThat(examples())
                .isNotEmpty()
                .allSatisfy(
                        example -> assertThat(list).contains("(" + example.getFileName() + ")"));
    }

    /// A file that has `entry` where `key` belongs, and else nothing but what must be there.
    private static String around(String key, String entry) {
        String section = key.substring(0, Math.max(0, key.lastIndexOf('.')));
        String mode = key.equals("listeners[].sniff") ? "mode: auto, " : "";
        return switch (section) {
            case "" -> entry;
            case "listeners[]" -> "listeners: [{ " + mode + entry + " }]";
            case "listeners[].tls" -> "listeners: [{ tls: { " + entry + " } }]";
            case "certificates[]" -> "certificates: [{ chain: a, key: b, " + entry + " }]";
            case "hosts[]" -> "hosts: [{ names: [a.org], " + entry + " }]";
            case "client-certificates" -> "client-certificates: { trust: a, " + entry + " }";
            case "certificates[].acme" ->
                    "certificates: [{ names: [a.org], acme: { directory: \"https://a.org/\","
                            + " terms-agreed: true, "
                            + entry
                            + " } }]";
            default -> section + ": { " + entry + " }";
        };
    }

    private static String quoted(String value) {
        return value.startsWith("[") ? value : "\"" + value + "\"";
    }

    private static Row row(MatchResult row) {
        return new Row(row.group(1), row.group(3), row.group(5));
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Finds a file of the repository from whichever folder the tests run in.
    private static Path upwards(String name) {
        return Stream.iterate(
                        Path.of("").toAbsolutePath(), folder -> folder != null, Path::getParent)
                .map(folder -> folder.resolve(name))
                .filter(Files::exists)
                .findFirst()
                .orElseThrow();
    }
}
