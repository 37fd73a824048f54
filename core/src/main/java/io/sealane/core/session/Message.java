package io.sealane.core.session;

import io.sealane.core.transfer.Transfer;
import io.sealane.core.transfer.TransferResult;
import io.sealane.core.wire.ControlLine;

/// What reaches a session's loop.
sealed interface Message {
    record Line(ControlLine line) implements Message {}

    /// The client's half of the control connection ended.
    record ControlEnded(String cause) implements Message {}

    record TransferReady(Transfer transfer) implements Message {}

    record TransferEnded(Transfer transfer, TransferResult result) implements Message {}

    /// The server stops: a running transfer may end, nothing new begins.
    record Stop() implements Message {}

    /// The server stops now: a running transfer is aborted.
    record StopNow() implements Message {}
}
