package io.sealane.config;

import java.util.Arrays;

/// A folder of this machine, and where clients find it.
///
/// @param path what clients call it: absolute, `/`-separated, no empty, `.` or `..` names; `/` is
///   the root
/// @param local the folder
/// @param tls what is demanded of TLS for whatever lies there, beyond what listener and account do
public record MountConfig(String path, LocalFolder local, TlsDemands tls) {
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
                        && Arrays.stream(text.substring(1).split("/", -1))
                                .noneMatch(name ->
                                        name.isEmpty() || name.equals(".") || name.equals("..")));
    }
}
