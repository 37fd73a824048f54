package io.sealane.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealane.config.ConfigSource;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

final class QuickServeTest {
    @ParameterizedTest
    @ValueSource(strings = {"sealane.yaml", "./a b.yaml", "../up.yaml", "/etc/sealane.yaml"})
    void it_reads_the_file_as_picocli_does(String file) {
        CommandLine line = new CommandLine(new ServeCommand());
        Path read = line.parseArgs("--config", file).matchedOptionValue("--config", Path.of(""));

        assertThat(QuickServe.configOf("serve", "--config", file))
                .map(ConfigOption::source)
                .contains(new ConfigSource.OfFile(read.toAbsolutePath()));
    }

    @Test
    void without_a_file_one_is_looked_for() {
        assertThat(QuickServe.configOf("serve"))
                .hasValueSatisfying(config -> assertThat(config.isGiven()).isFalse());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "help",
                "serve --help",
                "serve --verbose",
                "serve --config",
                "serve --config=sealane.yaml",
                "serve --config --help",
                "serve --config @arguments",
                "serve --config \u00fcber.yaml",
                "serve --config sealane.yaml --verbose",
                "serve sealane.yaml more",
                "--config sealane.yaml serve",
            })
    void all_else_is_left_to_picocli(String arguments) {
        assertThat(QuickServe.configOf(arguments.split(" ", -1))).isEmpty();
    }
}
