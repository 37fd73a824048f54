package io.sealane.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/// Finds the configuration of a command: the file that `--config` names, else `sealane.yaml` in the
/// working folder, else `/etc/sealane/sealane.yaml`, else zero config.
///
/// @param workingFolder where the command was started
/// @param systemFile the machine's own configuration, [#SYSTEM_FILE] but for tests
public record ConfigFinder(Path workingFolder, Path systemFile) {
    public static final String FILE_NAME = "sealane.yaml";
    public static final Path SYSTEM_FILE = Path.of("/etc/sealane/sealane.yaml");

    /// A finder for commands started in `workingFolder`.
    public static ConfigFinder in(Path workingFolder) {
        return new ConfigFinder(workingFolder, SYSTEM_FILE);
    }

    /// The file that `--config` names, relative to the working folder. Not looked for: if it is not
    /// there, loading says so.
    public ConfigSource named(Path file) {
        return new ConfigSource.OfFile(workingFolder.resolve(file));
    }

    /// The first file there is, else zero config. Reads the disk.
    public ConfigSource search() {
        Path local = workingFolder.resolve(FILE_NAME);
        if (exists(local)) {
            return new ConfigSource.OfFile(local);
        }
        if (exists(systemFile)) {
            return new ConfigSource.OfFile(systemFile);
        }
        return new ConfigSource.ZeroConfig(workingFolder);
    }

    /// Security: a link that leads nowhere, or a folder that may not be entered, counts as a file.
    /// Loading it fails with a message, where going on would silently serve other accounts.
    private static boolean exists(Path file) {
        try {
            Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            return true;
        } catch (NoSuchFileException e) {
            return false;
        } catch (IOException e) {
            return true;
        }
    }
}
