package io.sealane.bench.server;

import io.sealane.testkit.RandomBytes;
import io.sealane.testkit.TestCertificate;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;

/// What all servers serve and show: one tree of files, one user, certificates. The servers give up
/// root and come through as `daemon`, who may write in the folder `in` alone.
public final class Site implements AutoCloseable {
    public static final String PASSWORD = "bench-password";

    /// The folder for uploads, relative to the root.
    public static final String IN = "in";

    /// Has a home on every Debian, which vsftpd wants.
    static final String OWNER = "daemon";

    static final int OWNER_ID = 1;

    /// Keys of a certificate.
    public enum Keys {
        RSA,
        ECDSA;

        public TestCertificate certificate() {
            return this == RSA ? TestCertificate.rsa() : TestCertificate.ec();
        }
    }

    private final Path folder;

    private Site(Path folder) {
        this.folder = folder;
    }

    /// Makes it, for the certificates and files, in a folder of its own.
    public static Site create(Path parent) throws IOException {
        Site site = new Site(Files.createTempDirectory(parent, "sealane-bench"));
        Files.setPosixFilePermissions(site.folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.createDirectory(site.root());
        own(Files.createDirectory(site.root().resolve(IN)));
        for (Keys keys : Keys.values()) {
            keys.certificate().writeChain(site.chain(keys));
            keys.certificate().writeKey(site.key(keys));
            Files.setPosixFilePermissions(
                    site.key(keys), PosixFilePermissions.fromString("rw-------"));
        }
        return site;
    }

    /// What clients see as `/`.
    public Path root() {
        return folder.resolve("root");
    }

    public Path chain(Keys keys) {
        return folder.resolve(keys + ".chain.pem");
    }

    Path key(Keys keys) {
        return folder.resolve(keys + ".key.pem");
    }

    /// A folder for a server's own files.
    Path newFolder(String name) throws IOException {
        return Files.createTempDirectory(folder, name);
    }

    /// Makes a file of random bytes in the root, unless it is there.
    public Path file(String name, long bytes) throws IOException {
        Path file = root().resolve(name);
        if (Files.exists(file)) {
            return file;
        }
        try (InputStream content = new RandomBytes(1, bytes).open();
                OutputStream out = Files.newOutputStream(file)) {
            content.transferTo(out);
        }
        return file;
    }

    /// Makes a folder of empty files with names of 16 octets in the root, unless it is there.
    public void folder(String name, int entries) throws IOException {
        Path target = root().resolve(name);
        if (Files.exists(target)) {
            return;
        }
        Files.createDirectory(target);
        for (int i = 0; i < entries; i++) {
            Files.createFile(target.resolve("%012d.dat".formatted(i)));
        }
    }

    /// Removes what was uploaded.
    public void forgetUploads() throws IOException {
        try (Stream<Path> uploads = Files.list(root().resolve(IN))) {
            for (Path upload : uploads.toList()) {
                Files.delete(upload);
            }
        }
    }

    static Path own(Path path) throws IOException {
        return Files.setOwner(
                path,
                path.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(OWNER));
    }

    @Override
    public void close() throws IOException {
        Files.walkFileTree(
                folder,
                new SimpleFileVisitor<Path>() {
                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                            throws IOException {
                        Files.delete(file);
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult postVisitDirectory(Path left, IOException cause)
                            throws IOException {
                        Files.delete(left);
                        return FileVisitResult.CONTINUE;
                    }
                });
    }
}
