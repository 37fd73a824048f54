package io.sealane.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// Reads `sealane.yaml`. Blocks on the disk; any thread may call it.
///
/// Every mistake in the file is reported, not only the first. Two things are not looked at: whether
/// the files that it names are there, and whether its addresses and ports are free.
public final class ConfigLoader {
    private ConfigLoader() {}

    /// Loads what a [ConfigFinder] found.
    public static ConfigResult load(ConfigSource source) {
        return switch (source) {
            case ConfigSource.OfFile(Path file) -> load(file);
            case ConfigSource.ZeroConfig(Path folder) -> zeroConfig(folder);
        };
    }

    private static ConfigResult zeroConfig(Path folder) {
        if (!ConfigDefaults.hasRootMount(folder.toAbsolutePath())) {
            String message =
                    "has braces in its path; allowed: a folder without, or a configuration";
            return new ConfigResult.Bad(List.of(new ConfigError("", "", folder, 0, message)));
        }
        return new ConfigResult.Ok(ConfigDefaults.zeroConfig(folder), List.of(), Map.of());
    }

    /// Loads a file: YAML 1.2 in UTF-8, at most 1 MiB. Relative paths in it are relative to its
    /// folder. Errors name it as `file` does.
    public static ConfigResult load(Path file) {
        Problems problems = new Problems(file);
        Path folder =
                Objects.requireNonNullElse(
                        file.toAbsolutePath().normalize().getParent(),
                        file.toAbsolutePath().getRoot());
        Section root = Section.root(new YamlFile(file, problems), problems);
        ReadConfig config = new ConfigReader(problems, root, folder).read();
        new ConfigChecks(config, problems).run();
        return problems.hasErrors()
                ? new ConfigResult.Bad(problems.errors())
                : new ConfigResult.Ok(config.toConfig(), problems.warnings(), config.lines());
    }
}
