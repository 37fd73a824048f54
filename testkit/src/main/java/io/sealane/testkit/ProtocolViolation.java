package io.sealane.testkit;

/// Says that the peer broke the protocol. An [AssertionError], so that a test fails without
/// catching it; the message shows the bytes that were read.
public sealed class ProtocolViolation extends AssertionError permits EarlyEnd {
    private static final long serialVersionUID = 1L;

    private final byte[] raw;

    public ProtocolViolation(String rule, byte[] raw) {
        super(rule + "\n  raw bytes: " + Printable.of(raw));
        this.raw = raw.clone();
    }

    /// Returns the bytes as they came, from the start of the message that broke the rule.
    public byte[] raw() {
        return raw.clone();
    }
}
