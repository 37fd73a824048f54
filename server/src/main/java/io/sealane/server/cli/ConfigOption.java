package io.sealane.server.cli;

import io.sealane.config.ConfigError;
import io.sealane.config.ConfigFinder;
import io.sealane.config.ConfigLoader;
import io.sealane.config.ConfigResult;
import io.sealane.config.ConfigSource;
import io.sealane.config.SealaneConfig;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// `--config FILE`, which every command takes.
final class ConfigOption {
    @Option(
            names = "--config",
            paramLabel = "FILE",
            description =
                    "Configuration; without it ./sealane.yaml, then /etc/sealane/sealane.yaml, then"
                            + " the zero-config defaults.")
    private @Nullable Path file;

    ConfigOption() {}

    ConfigOption(Path file) {
        this.file = file;
    }

    boolean isGiven() {
        return file != null;
    }

    /// Where the configuration comes from.
    ConfigSource source() {
        ConfigFinder finder = ConfigFinder.in(Path.of("").toAbsolutePath());
        return file == null ? finder.search() : finder.named(file);
    }

    /// Loads the configuration; warnings and errors go to `err`.
    SealaneConfig load(PrintWriter err) throws CommandFailure {
        ConfigResult.Ok loaded = loaded(err);
        loaded.warnings().forEach(err::println);
        return loaded.config();
    }

    /// Loads the configuration, with its warnings; errors go to `err`.
    ConfigResult.Ok loaded(PrintWriter err) throws CommandFailure {
        return switch (ConfigLoader.load(source())) {
            case ConfigResult.Ok ok -> ok;
            case ConfigResult.Bad(List<ConfigError> errors) -> {
                errors.forEach(err::println);
                throw new CommandFailure("the configuration is refused, see above");
            }
        };
    }
}
