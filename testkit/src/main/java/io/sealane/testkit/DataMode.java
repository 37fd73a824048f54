package io.sealane.testkit;

/// By which command a data connection is agreed.
public enum DataMode {
    EPSV,
    PASV,
    EPRT,
    PORT;

    /// Tells whether the server is the one that connects.
    public boolean isActive() {
        return switch (this) {
            case EPSV, PASV -> false;
            case EPRT, PORT -> true;
        };
    }
}
