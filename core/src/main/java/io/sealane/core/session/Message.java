package io.sealane.core.session;

import io.sealane.core.transfer.Transfer;
import io.sealane.core.wire.ControlLine;
import io.sealane.core.wire.Reply;

/// What reaches a session's loop.
sealed interface Message {
    record Line(ControlLine line) implements Message {}

    /// The client's half of the control connection ended.
    record ControlEnded(String cause) implements Message {}

    /// The client said nothing for as long as it might.
    record Silent() implements Message {}

    record TransferReady(Transfer transfer) implements Message {}

    /// What ran has ended.
    record Ended(Reply reply) implements Message {}

    /// The server stops: what runs may end, nothing new begins.
    record Stop() implements Message {}

    /// The server stops now: what runs is aborted.
    record StopNow() implements Message {}
}
