package io.sealane.conformance;

import io.sealane.vfs.LinkFollowingStorage;
import io.sealane.vfs.LinkFollowingStorage.Changes;
import io.sealane.vfs.Storage;
import io.sealane.vfs.local.LocalStorage;
import io.sealane.vfs.local.LocalStorageOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// A folder of this machine that a test server serves.
record LocalFolder(Path root) {
    static LocalFolder at(Path root) throws IOException {
        Files.createDirectories(root);
        return new LocalFolder(root);
    }

    /// Makes empty files, and the directories that they are in; a path that ends in `/` is one.
    LocalFolder with(String... paths) throws IOException {
        for (String path : paths) {
            Path target = root.resolve(path);
            if (path.endsWith("/")) {
                Files.createDirectories(target);
            } else {
                Files.createDirectories(target.getParent());
                Files.writeString(target, path);
            }
        }
        return this;
    }

    LocalFolder link(String path, String target) throws IOException {
        Files.createSymbolicLink(root.resolve(path), Path.of(target));
        return this;
    }

    TestServer served(TestServer.Options options) throws IOException {
        return TestServer.start(options, storage());
    }

    /// Follows the links in it.
    TestServer served(TestServer.Options options, Changes changes) throws IOException {
        return TestServer.start(options, new LinkFollowingStorage(storage(), changes, List.of()));
    }

    private Storage storage() throws IOException {
        return LocalStorage.open(root, LocalStorageOptions.ownedBy(TestServer.USER));
    }
}
