package io.sealane.core.data;

/// How active data connections are made (PORT, EPRT).
public record ActiveSettings(Mode mode, SourcePort sourcePort) {
    public static final ActiveSettings DEFAULTS =
            new ActiveSettings(Mode.ENABLED, SourcePort.STANDARD);

    /// Whether PORT and EPRT are served.
    public enum Mode {
        ENABLED,
        DISABLED
    }

    /// Where they come from.
    public enum SourcePort {
        /// The port that is registered for it, where this process may bind it: firewalls on the
        /// client's side may let in no other.
        STANDARD,
        /// Whatever the system chooses.
        ANY
    }
}
