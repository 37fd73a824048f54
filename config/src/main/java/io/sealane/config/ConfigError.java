package io.sealane.config;

import java.nio.file.Path;

/// One thing that is wrong with a configuration file. Prints as one line: `sealane.yaml:12:
/// listeners[0].tls.control: "maybe" is not allowed; allowed: required, optional`.
///
/// @param key full path of the key, `listeners[0].mode`; empty if no key is to blame
/// @param value what the file says, made printable and shortened; empty if there is nothing to show
///   or it may be a secret
/// @param file as named by whoever had it loaded
/// @param line counted from 1; 0 if no line is to blame
/// @param message what is wrong, and what is allowed
public record ConfigError(String key, String value, Path file, int line, String message) {
    @Override
    public String toString() {
        return file
                + (line == 0 ? "" : ":" + line)
                + ": "
                + (key.isEmpty() ? "" : key + ": ")
                + (value.isEmpty() ? "" : "\"" + value + "\" ")
                + message;
    }
}
