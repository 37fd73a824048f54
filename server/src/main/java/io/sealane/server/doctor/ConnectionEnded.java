package io.sealane.server.doctor;

import java.io.IOException;

/// The server ended the connection where an answer was due.
final class ConnectionEnded extends IOException {
    private static final long serialVersionUID = 1L;

    ConnectionEnded(Link.End end) {
        super(
                switch (end) {
                    case RESET -> "the connection was reset";
                    case NONE, FIN, CLOSE_NOTIFY -> "the connection was closed";
                });
    }
}
