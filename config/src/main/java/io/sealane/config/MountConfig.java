package io.sealane.config;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// A folder of this machine, and where clients find it.
///
/// @param path what clients call it: absolute, `/`-separated, no empty, `.` or `..` names, none
///   longer than 255 octets, 256 of them and 4,096 octets in all, nothing for the user's name; `/`
///   is the root
/// @param local the folder
/// @param tls what is demanded of TLS for whatever lies there, beyond what listener and account do
public record MountConfig(String path, LocalFolder local, TlsDemands tls) {
    private static final int PATH_BYTES_MAX = 4096;
    private static final int NAME_BYTES_MAX = 255;
    private static final int NAMES_MAX = 256;

    /// Without demands.
    public MountConfig(String path, LocalFolder local) {
        this(path, local, TlsDemands.NONE);
    }

    public MountConfig {
        if (!isPath(path)) {
            throw new IllegalArgumentException("not an absolute path: " + path);
        }
    }

    static boolean isPath(String text) {
        return text.equals("/")
                || (text.startsWith("/")
                        && text.chars().noneMatch(Character::isISOControl)
                        && !text.contains(LocalFolder.USER)
                        && bytes(text) <= PATH_BYTES_MAX
                        && text.chars().filter(c -> c == '/').count() <= NAMES_MAX
                        && Arrays.stream(text.substring(1).split("/", -1))
                                .allMatch(MountConfig::isName));
    }

    private static boolean isName(String text) {
        return !text.isEmpty()
                && !text.equals(".")
                && !text.equals("..")
                && bytes(text) <= NAME_BYTES_MAX;
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
