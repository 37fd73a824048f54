package io.sealane.config;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// A `sealane.yaml` in a folder of a test's own.
record ConfigFile(Path folder) {
    Path path() {
        return folder.resolve("sealane.yaml");
    }

    ConfigResult load(String yaml) {
        try {
            Files.writeString(path(), yaml);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return ConfigLoader.load(path());
    }

    SealaneConfig config(String yaml) {
        return ok(yaml).config();
    }

    ConfigResult.Ok ok(String yaml) {
        return switch (load(yaml)) {
            case ConfigResult.Ok ok -> ok;
            case ConfigResult.Bad(List<ConfigError> errors) ->
                    throw new AssertionError(yaml + "\n" + errors);
        };
    }

    /// Error lines, the folder's name cut off.
    List<String> errors(String yaml) {
        return lines(load(yaml));
    }

    List<String> lines(ConfigResult result) {
        return switch (result) {
            case ConfigResult.Ok ok -> throw new AssertionError("no error: " + ok);
            case ConfigResult.Bad(List<ConfigError> errors) ->
                    errors.stream()
                            .map(ConfigError::toString)
                            .map(line -> line.replace(folder + "/", ""))
                            .toList();
        };
    }
}
