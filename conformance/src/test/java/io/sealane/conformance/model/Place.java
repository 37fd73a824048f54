package io.sealane.conformance.model;

/// Where a play takes place: how the listener wants TLS. The names are those of the test server's
/// doors.
public enum Place {
    PLAIN(Start.IN_THE_CLEAR, Tls.ABSENT),
    EXPLICIT(Start.IN_THE_CLEAR, Tls.REQUIRED),
    EXPLICIT_OPTIONAL(Start.IN_THE_CLEAR, Tls.OFFERED),
    IMPLICIT(Start.BY_TLS, Tls.REQUIRED),
    IMPLICIT_OPTIONAL(Start.BY_TLS, Tls.OFFERED);

    private enum Start {
        IN_THE_CLEAR,
        BY_TLS
    }

    private enum Tls {
        ABSENT,
        OFFERED,
        REQUIRED
    }

    private final Start start;
    private final Tls tls;

    Place(Start start, Tls tls) {
        this.start = start;
        this.tls = tls;
    }

    boolean beginsByTls() {
        return start == Start.BY_TLS;
    }

    boolean offersTls() {
        return tls != Tls.ABSENT;
    }

    boolean requiresTls() {
        return tls == Tls.REQUIRED;
    }
}
