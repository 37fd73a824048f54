package io.sealane.testkit;

/// Says that the server answered something else; the message holds the conversation so far.
public final class UnexpectedReply extends AssertionError {
    private static final long serialVersionUID = 1L;

    UnexpectedReply(String expected, String received, String conversation) {
        super(
                "expected "
                        + expected
                        + "\n but got "
                        + received
                        + "\nconversation so far:\n"
                        + conversation);
    }
}
