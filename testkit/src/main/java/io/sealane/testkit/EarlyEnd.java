package io.sealane.testkit;

/// Says that the peer ended a connection on which more was due. That is a [ProtocolViolation] from
/// a server in order, and what any bad network does.
public final class EarlyEnd extends ProtocolViolation {
    private static final long serialVersionUID = 1L;

    EarlyEnd(String rule, byte[] raw) {
        super(rule, raw);
    }
}
