package io.sealane.core.tls;

import java.util.Arrays;
import java.util.Optional;

/// What TLS policy has rules about. The words are those of the configuration.
public enum PolicyRule {
    /// Whether a login, and whatever follows it, may travel in the clear.
    CONTROL("control"),
    /// Whether files and listings may travel in the clear.
    DATA("data"),
    /// The oldest version of TLS that will do.
    LEAST_VERSION("least-version"),
    /// What a TLS data connection must prove.
    SESSION_BINDING("session-binding"),
    /// Whether the client must have shown a certificate of its own.
    CLIENT_CERTIFICATE("client-certificate"),
    /// What an upload without close_notify is worth.
    UPLOAD_END("upload-end");

    private final String word;

    PolicyRule(String word) {
        this.word = word;
    }

    static Optional<PolicyRule> of(String word) {
        return Arrays.stream(values()).filter(rule -> rule.word.equals(word)).findFirst();
    }

    /// Whether a listener's own value is what its handshake insists on, with whomever.
    boolean isUpToHandshake() {
        return this == LEAST_VERSION || this == CLIENT_CERTIFICATE;
    }

    /// How the configuration, commands and logs call it.
    public String word() {
        return word;
    }
}
