package io.sealane.server.doctor;

import java.io.IOException;

/// The server's answer breaks the protocol, or a limit; the message says how.
final class UnusableAnswer extends IOException {
    private static final long serialVersionUID = 1L;

    UnusableAnswer(String message) {
        super(message);
    }
}
