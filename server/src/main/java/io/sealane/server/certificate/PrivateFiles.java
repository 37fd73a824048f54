package io.sealane.server.certificate;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/// Files with secrets: nobody but the server's own user may read them.
final class PrivateFiles {
    private PrivateFiles() {}

    /// Makes a folder, and those above it, with mode 0700.
    static void createFolder(Path folder) throws IOException {
        Files.createDirectories(folder, mode("rwx------"));
    }

    /// Writes a file with mode 0600, in the place of any old one, in one step.
    static void write(Path file, String text) throws IOException {
        Path written = file.resolveSibling(file.getFileName() + ".new");
        try {
            Files.createFile(written, mode("rw-------"));
        } catch (FileAlreadyExistsException leftByACrash) {
            Files.delete(written);
            Files.createFile(written, mode("rw-------"));
        }
        Files.writeString(written, text, StandardOpenOption.TRUNCATE_EXISTING);
        Files.move(written, file, StandardCopyOption.ATOMIC_MOVE);
    }

    private static FileAttribute<Set<PosixFilePermission>> mode(String permissions) {
        return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions));
    }
}
