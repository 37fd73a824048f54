package io.sealane.server.doctor;

/// Versions that a server may accept, as records and hellos write them.
enum TlsVersion {
    SSL_3(0x0300, "SSL 3.0"),
    TLS_1_0(0x0301, "TLS 1.0"),
    TLS_1_1(0x0302, "TLS 1.1"),
    TLS_1_2(0x0303, "TLS 1.2"),
    TLS_1_3(0x0304, "TLS 1.3");

    private final int code;
    private final String title;

    TlsVersion(int code, String title) {
        this.code = code;
        this.title = title;
    }

    int code() {
        return code;
    }

    String title() {
        return title;
    }

    /// Whether current clients have it, and the JDK.
    boolean isCurrent() {
        return this == TLS_1_2 || this == TLS_1_3;
    }
}
