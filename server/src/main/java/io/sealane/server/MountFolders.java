package io.sealane.server;

import io.sealane.config.LocalFolder;
import io.sealane.config.MountConfig;
import io.sealane.config.SealaneConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// The folders of the mounts, before anybody has logged in. A login makes those that are missing,
/// and fails if one of them cannot be served, whatever it is wanted for.
public final class MountFolders {
    private MountFolders() {}

    /// Why logins will fail, as far as that can be seen, each behind its key; for people.
    public static List<String> doubts(SealaneConfig config) {
        List<String> doubts = new ArrayList<>(doubts("storage", config.storage().mounts()));
        for (int i = 0; i < config.hosts().size(); i++) {
            doubts.addAll(doubts("hosts[" + i + "]", config.hosts().get(i).mounts()));
        }
        return doubts;
    }

    private static List<String> doubts(String where, List<MountConfig> mounts) {
        List<String> doubts = new ArrayList<>();
        for (int i = 0; i < mounts.size(); i++) {
            String key = where + ".mounts[" + i + "].local: ";
            LocalFolder local = mounts.get(i).local();
            Path shared = shared(local);
            obstacle(shared)
                    .or(() -> local.isPerUser() ? nobodysPlace(shared) : closed(shared))
                    .ifPresent(why -> doubts.add(key + why + ": logins will fail"));
        }
        return doubts;
    }

    /// The folder, or the part of its path that all users have in common.
    private static Path shared(LocalFolder folder) {
        return lowest(folder.template(), path -> !path.toString().contains(LocalFolder.USER));
    }

    private static Path lowest(Path path, Predicate<Path> wanted) {
        Path parent = path.getParent();
        return parent == null || wanted.test(path) ? path : lowest(parent, wanted);
    }

    /// What keeps the folder from being there.
    private static Optional<String> obstacle(Path folder) {
        Path there = lowest(folder, path -> !Files.notExists(path));
        if (!Files.isDirectory(there)) {
            return Optional.of(there + " is no folder that can be read");
        }
        if (!Files.isExecutable(there)) {
            return Optional.of("the server cannot enter " + there);
        }
        boolean isMade = !there.equals(folder);
        return isMade && !Files.isWritable(there)
                ? Optional.of(folder + " is missing, and nothing can be made in " + there)
                : Optional.empty();
    }

    /// What keeps a folder that is there from being served.
    private static Optional<String> closed(Path folder) {
        return Files.isDirectory(folder) && !Files.isReadable(folder)
                ? Optional.of("the server cannot read " + folder)
                : Optional.empty();
    }

    /// Whether users would have to have folders made where none can be, and nobody has one yet.
    private static Optional<String> nobodysPlace(Path shared) {
        if (!Files.isDirectory(shared) || Files.isWritable(shared) || !Files.isReadable(shared)) {
            return Optional.empty();
        }
        try (Stream<Path> inside = Files.list(shared)) {
            return inside.anyMatch(Files::isDirectory)
                    ? Optional.empty()
                    : Optional.of(
                            "nothing can be made in " + shared + ", and there is no user's folder");
        } catch (IOException vanished) {
            return Optional.empty(); // A login will tell.
        }
    }
}
