package io.sealane.accounts;

import java.util.Optional;

/// A user's name as accounts are kept under: 1 to 64 letters, digits and `. _ - @ +`, beginning
/// with a letter, a digit or `_`. Safe as one name of a host path.
public record UserName(String text) {
    public static final int LENGTH_MAX = 64;

    public UserName {
        if (!isValid(text)) {
            throw new IllegalArgumentException("not a user name");
        }
    }

    /// @return empty if `text` cannot be a user's name; it then belongs to nobody
    public static Optional<UserName> parse(String text) {
        return isValid(text) ? Optional.of(new UserName(text)) : Optional.empty();
    }

    private static boolean isValid(String text) {
        if (text.isEmpty() || text.length() > LENGTH_MAX) {
            return false;
        }
        char first = text.charAt(0);
        return (Character.isLetterOrDigit(first) || first == '_')
                && text.chars()
                        .allMatch(c -> Character.isLetterOrDigit(c) || "._-@+".indexOf(c) >= 0);
    }

    @Override
    public String toString() {
        return text;
    }
}
