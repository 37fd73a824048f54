package io.sealane.server;

import io.sealane.config.LocalFolder;
import io.sealane.config.MountConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// The folders of the mounts, before anybody has logged in. A login makes those that are missing,
/// and fails if one of them cannot be served, whatever it is wanted for.
public final class MountFolders {
    private MountFolders() {}

    /// Why logins will fail, as far as that can be seen, each behind its key; for people.
    public static List<String> doubts(List<MountConfig> mounts) {
        List<String> doubts = new ArrayList<>();
        for (int i = 0; i < mounts.size(); i++) {
            String key = "storage.mounts[" + i + "].local: ";
            LocalFolder local = mounts.get(i).local();
            Path shared = shared(local);
            obstacle(shared)
                    .or(() -> local.isPerUser() ? closed(shared) : Optional.empty())
                    .ifPresent(why -> doubts.add(key + why + ": logins will fail"));
        }
        return doubts;
    }

    /// Where each user has a folder in one that all have in common.
    private static Optional<String> closed(Path shared) {
        return Files.isDirectory(shared) && !Files.isWritable(shared)
                ? Optional.of(
                        "nothing can be made in "
                                + shared
                                + ", and whose folder is not there yet has none")
                : Optional.empty();
    }

    /// The folder, or the part of its path that all users have in common.
    private static Path shared(LocalFolder folder) {
        return lowest(folder.template(), path -> !path.toString().contains(LocalFolder.USER));
    }

    private static Path lowest(Path path, Predicate<Path> wanted) {
        Path parent = path.getParent();
        return parent == null || wanted.test(path) ? path : lowest(parent, wanted);
    }

    private static Optional<String> obstacle(Path folder) {
        Path there = lowest(folder, path -> !Files.notExists(path));
        if (!Files.isDirectory(there)) {
            return Optional.of(there + " is no folder that can be read");
        }
        if (!Files.isReadable(there) || !Files.isExecutable(there)) {
            return Optional.of(there + " cannot be read or entered by the server");
        }
        boolean isMade = !there.equals(folder);
        return isMade && !Files.isWritable(there)
                ? Optional.of(folder + " is missing, and nothing can be made in " + there)
                : Optional.empty();
    }
}
