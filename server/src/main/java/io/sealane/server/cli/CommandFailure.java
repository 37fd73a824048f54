package io.sealane.server.cli;

import java.io.PrintWriter;

/// A command was refused or failed; the message is all the user sees, so it says what to do.
final class CommandFailure extends Exception {
    private static final long serialVersionUID = 1L;

    CommandFailure(String message) {
        super(message);
    }

    /// Says it on `err`.
    ///
    /// @return exit code
    int told(PrintWriter err) {
        err.println("sealane: " + getMessage());
        return 1;
    }
}
