package io.sealane.conformance.clients;

/// How a connection is protected.
enum Protection {
    CLEAR("clear"),
    TLS_1_2("TLSv1.2"),
    TLS_1_3("TLSv1.3");

    private final String inLog;

    Protection(String inLog) {
        this.inLog = inLog;
    }

    /// What the server's log says of such a data connection, or how that begins.
    String inLog() {
        return inLog;
    }
}
