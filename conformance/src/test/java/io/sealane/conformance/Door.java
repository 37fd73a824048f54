package io.sealane.conformance;

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
    PLAIN(ListenerMode.PLAIN, Requirement.OPTIONAL, Requirement.OPTIONAL);

    private final ListenerMode mode;
    private final Requirement control;
    private final Requirement data;

    Door(ListenerMode mode, Requirement control, Requirement data) {
        this.mode = mode;
        this.control = control;
        this.data = data;
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
}
