package io.sealane.conformance;

import io.sealane.core.tls.Concessions;
import io.sealane.core.tls.Concessions.Permission;
import io.sealane.core.tls.ListenerMode;
import io.sealane.core.tls.Requirement;

/// The listeners of a [TestServer]: every mode, strict and, where it makes a difference, lax.
enum Door {
    EXPLICIT(ListenerMode.EXPLICIT, Requirement.REQUIRED, Requirement.REQUIRED),
    EXPLICIT_OPTIONAL(ListenerMode.EXPLICIT, Requirement.OPTIONAL, Requirement.OPTIONAL),
    /// The password by TLS, files as the client likes.
    EXPLICIT_DATA_OPTIONAL(ListenerMode.EXPLICIT, Requirement.REQUIRED, Requirement.OPTIONAL),
    IMPLICIT(ListenerMode.IMPLICIT, Requirement.REQUIRED, Requirement.REQUIRED),
    IMPLICIT_OPTIONAL(ListenerMode.IMPLICIT, Requirement.OPTIONAL, Requirement.OPTIONAL),
    AUTO(ListenerMode.AUTO, Requirement.REQUIRED, Requirement.REQUIRED),
    AUTO_OPTIONAL(ListenerMode.AUTO, Requirement.OPTIONAL, Requirement.OPTIONAL),
    PLAIN(ListenerMode.PLAIN, Requirement.OPTIONAL, Requirement.OPTIONAL),
    /// All by TLS, until a client says CCC.
    EXPLICIT_LOOSE(ListenerMode.EXPLICIT, Requirement.REQUIRED, Requirement.REQUIRED, loose()),
    IMPLICIT_LOOSE(ListenerMode.IMPLICIT, Requirement.REQUIRED, Requirement.REQUIRED, loose()),
    /// Nothing is demanded and everything allowed.
    OPTIONAL_LOOSE(ListenerMode.EXPLICIT, Requirement.OPTIONAL, Requirement.OPTIONAL, loose());

    private final ListenerMode mode;
    private final Requirement control;
    private final Requirement data;
    private final Concessions concessions;

    Door(ListenerMode mode, Requirement control, Requirement data) {
        this(mode, control, data, Concessions.STRICT);
    }

    Door(ListenerMode mode, Requirement control, Requirement data, Concessions concessions) {
        this.mode = mode;
        this.control = control;
        this.data = data;
        this.concessions = concessions;
    }

    private static Concessions loose() {
        return new Concessions(Permission.ALLOWED, Permission.ALLOWED, Permission.ALLOWED);
    }

    ListenerMode mode() {
        return mode;
    }

    Requirement control() {
        return control;
    }

    Requirement data() {
        return data;
    }

    Concessions concessions() {
        return concessions;
    }
}
