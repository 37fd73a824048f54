package io.sealane.config;

import java.nio.file.Path;
import java.util.regex.Pattern;

/// A folder of this machine whose path may hold the user's name: `/srv/ftp/{user}`.
///
/// @param template an absolute, normalized path; `{user}` stands for the name and no other braces
///   are in it
public record LocalFolder(Path template) {
    public static final String USER = "{user}";

    private static final Pattern NAME_UNSAFE = Pattern.compile("(?s)|\\.|\\.\\.|.*[/\\\\\\x00].*");

    public LocalFolder {
        if (!template.isAbsolute() || !template.equals(template.normalize())) {
            throw new IllegalArgumentException("not absolute and normalized: " + template);
        }
        if (!bracesFit(template.toString())) {
            throw new IllegalArgumentException("only {user} may be in braces: " + template);
        }
    }

    /// Whether each user has a folder of his own.
    public boolean isPerUser() {
        return template.toString().contains(USER);
    }

    /// The folder of `user`.
    ///
    /// Security: a name that would lead elsewhere (a separator, `.`, `..`, nothing) is refused here
    /// too, whatever the accounts allow.
    ///
    /// @throws IllegalArgumentException if the name is none of a single file
    public Path forUser(String user) {
        if (NAME_UNSAFE.matcher(user).matches()) {
            throw new IllegalArgumentException("not the name of a folder: " + user);
        }
        return template.getFileSystem().getPath(template.toString().replace(USER, user));
    }

    /// Whether some user's folder is `other` or holds it.
    boolean mayHold(Path other) {
        if (template.getNameCount() > other.getNameCount()
                || !template.getRoot().equals(other.getRoot())) {
            return false;
        }
        for (int i = 0; i < template.getNameCount(); i++) {
            if (!nameFits(template.getName(i).toString(), other.getName(i).toString())) {
                return false;
            }
        }
        return true;
    }

    static boolean bracesFit(String path) {
        return path.replace(USER, "").chars().noneMatch(c -> c == '{' || c == '}');
    }

    private static boolean nameFits(String template, String name) {
        String[] around = template.split(Pattern.quote(USER), -1);
        if (around.length == 1) {
            return template.equals(name);
        }
        return name.length() > template.replace(USER, "").length()
                && name.startsWith(around[0])
                && name.endsWith(around[around.length - 1]);
    }
}
