package io.sealane.testkit;

/// Says at which line a conversation left its transcript; shows the conversation so far, the pacing
/// and its seed.
public final class TranscriptMismatch extends AssertionError {
    private static final long serialVersionUID = 1L;

    TranscriptMismatch(String message, Throwable cause) {
        super(message, cause);
    }
}
