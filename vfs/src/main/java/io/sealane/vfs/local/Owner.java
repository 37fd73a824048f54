package io.sealane.vfs.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;

/// Whose a file is, by numbers: names would be looked up.
record Owner(int user, int group) {
    static final String UNIX_USER = "unix:uid";
    static final String UNIX_GROUP = "unix:gid";

    static Owner of(Path file, LinkOption... links) throws IOException {
        Map<String, Object> numbers = Files.readAttributes(file, "unix:uid,gid", links);
        return new Owner(
                (Integer) Objects.requireNonNull(numbers.get("uid")),
                (Integer) Objects.requireNonNull(numbers.get("gid")));
    }
}
