package io.sealane.config;

import java.nio.file.Path;

/// Something that a configuration file may say but seldom should. Prints as one line.
///
/// @param key full path of the key, `listeners[0].mode`
/// @param file as named by whoever had it loaded
/// @param line counted from 1
/// @param message what follows from it
public record ConfigWarning(String key, Path file, int line, String message) {
    @Override
    public String toString() {
        return file + ":" + line + ": " + key + ": " + message;
    }
}
