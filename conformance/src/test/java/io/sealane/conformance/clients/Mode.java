package io.sealane.conformance.clients;

/// A way to begin a connection, and the listener that serves it.
enum Mode {
    EXPLICIT("explicit", Opening.UPGRADED),
    IMPLICIT("implicit", Opening.TLS_FIRST),
    AUTO_EXPLICIT("auto", Opening.UPGRADED),
    AUTO_IMPLICIT("auto", Opening.TLS_FIRST),
    AUTO_CLEAR("auto", Opening.CLEAR),
    PLAIN("plain", Opening.CLEAR),
    /// Explicit, and data connections have to resume the control connection's session.
    BOUND("bound", Opening.UPGRADED),
    /// Explicit, and the control connection may leave TLS.
    LOOSE("loose", Opening.UPGRADED),
    /// Both at once.
    LOOSE_BOUND("loosebound", Opening.UPGRADED);

    /// When TLS begins.
    enum Opening {
        CLEAR,
        UPGRADED,
        TLS_FIRST
    }

    private final String listener;
    private final Opening opening;

    Mode(String listener, Opening opening) {
        this.listener = listener;
        this.opening = opening;
    }

    String listener() {
        return listener;
    }

    Opening opening() {
        return opening;
    }
}
