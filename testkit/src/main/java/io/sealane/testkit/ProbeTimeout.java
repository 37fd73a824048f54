package io.sealane.testkit;

/// Says that something awaited did not come within its time.
public final class ProbeTimeout extends AssertionError {
    private static final long serialVersionUID = 1L;

    public ProbeTimeout(String message) {
        super(message);
    }

    public ProbeTimeout(String message, Throwable cause) {
        super(message, cause);
    }
}
