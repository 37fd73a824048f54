package io.sealane.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.DictionaryFile;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.sealane.config.ConfigError;
import io.sealane.config.ConfigLoader;
import io.sealane.config.ConfigResult;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/// A configuration file of any octets: a configuration, or errors that each say where.
final class ConfigurationFuzzTest {
    /// A key of at most 80 characters and a value of as many, each with dots, and what is allowed.
    private static final int ERROR_CHARS_MAX = 2000;

    /// For a file of a few KiB, while classes are loaded and instrumented.
    private static final Duration LOADING_TIME_MAX = Duration.ofSeconds(5);

    /// Processor time: others may want the machine too.
    private static final ThreadMXBean CLOCK = ManagementFactory.getThreadMXBean();

    private static Path file;

    @BeforeAll
    static void makeFile() throws IOException {
        file = Files.createTempFile("sealane-fuzz", ".yaml");
    }

    @AfterAll
    static void deleteFile() throws IOException {
        Files.deleteIfExists(file);
    }

    @FuzzTest
    @DictionaryFile(resourcePath = "yaml.dict")
    void a_file_is_a_configuration_or_a_list_of_errors(byte[] octets) throws IOException {
        Files.write(file, octets);
        long started = CLOCK.getCurrentThreadCpuTime();
        ConfigResult result = ConfigLoader.load(file);
        assertThat(Duration.ofNanos(CLOCK.getCurrentThreadCpuTime() - started))
                .isLessThan(LOADING_TIME_MAX);
        switch (result) {
            case ConfigResult.Ok ok -> assertThat(ConfigLoader.load(file)).isEqualTo(ok);
            case ConfigResult.Bad(var errors) ->
                    assertThat(errors)
                            .isNotEmpty()
                            .allSatisfy(error -> assertError(error, lines(octets)));
        }
    }

    private static void assertError(ConfigError error, long lines) {
        assertThat(error.file()).isEqualTo(file);
        assertThat(error.line()).as("line of %s", error).isBetween(0, (int) lines);
        assertThat(error.message()).isNotBlank();
        CleanText.assertOneLine(error.toString(), ERROR_CHARS_MAX);
        if (!error.key().isEmpty() && error.line() > 0) {
            assertThat(error.toString()).startsWith(file + ":" + error.line() + ": " + error.key());
        }
    }

    /// YAML 1.2 ends a line at CR, LF or CRLF.
    private static long lines(byte[] octets) {
        long ends = 1;
        for (byte octet : octets) {
            ends += octet == '\n' || octet == '\r' ? 1 : 0;
        }
        return ends;
    }
}
