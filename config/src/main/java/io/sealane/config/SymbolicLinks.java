package io.sealane.config;

/// What symbolic links are to clients.
public enum SymbolicLinks implements ConfigWord {
    /// Followed as far as they stay in their mount, and listed as links.
    FOLLOW,
    /// Followed in the same way, and listed as what they lead to.
    AS_TARGETS,
    /// Listed, and not followed.
    SHOW,
    /// In no listing, and not followed.
    HIDE
}
