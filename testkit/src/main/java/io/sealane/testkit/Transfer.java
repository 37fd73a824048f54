package io.sealane.testkit;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// A transfer that is over: the replies to its command and what became of its data connection.
public record Transfer(List<Reply> replies, DataOutcome data) {
    public Transfer {
        replies = List.copyOf(replies);
    }

    /// Asserts the codes of all replies, for example `expect(150, 226)`.
    public Transfer expect(int... codes) {
        List<Integer> wanted = Arrays.stream(codes).boxed().toList();
        if (!replies.stream().map(Reply::code).toList().equals(wanted)) {
            throw new AssertionError("expected replies " + wanted + " but got " + this);
        }
        return this;
    }

    /// Asserts how the server ended its half of the data connection.
    public Transfer expectEnd(PeerEnd end) {
        if (ended().peerEnd() != end) {
            throw new AssertionError("expected the data to end by " + end + " but got " + this);
        }
        return this;
    }

    /// Asserts that the data connection used TLS and whether it resumed a session.
    public Transfer expectTls(Resumption resumption) {
        if (tls().map(TlsFacts::resumption).filter(resumption::equals).isEmpty()) {
            throw new AssertionError("expected " + resumption + " but got " + this);
        }
        return this;
    }

    public Reply completion() {
        return replies.getLast();
    }

    public long bytes() {
        return switch (data) {
            case DataOutcome.NotStarted() -> 0;
            case DataOutcome.Ended(PeerEnd _, long bytes, Optional<TlsFacts> _) -> bytes;
            case DataOutcome.Broken(IOException _, long bytes) -> bytes;
        };
    }

    public Optional<TlsFacts> tls() {
        return ended().tls();
    }

    private DataOutcome.Ended ended() {
        return switch (data) {
            case DataOutcome.Ended ended -> ended;
            case DataOutcome.NotStarted _, DataOutcome.Broken _ ->
                    throw new AssertionError(
                            "the data connection did not come to its end: " + this);
        };
    }
}
