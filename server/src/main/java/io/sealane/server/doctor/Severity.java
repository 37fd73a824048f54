package io.sealane.server.doctor;

import java.util.Locale;

/// How bad a finding is, the harmless first.
public enum Severity {
    /// As it should be.
    OK,
    /// Worth knowing; nobody is harmed by it.
    NOTE,
    /// Some clients fail, or protection depends on the client.
    WARNING,
    /// Somebody on the way can read or change what travels, or clients cannot work.
    SERIOUS;

    /// As reports write it.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
