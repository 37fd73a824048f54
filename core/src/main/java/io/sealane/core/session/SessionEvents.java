package io.sealane.core.session;

import io.sealane.core.event.Event;
import io.sealane.core.event.EventSink;
import io.sealane.core.wire.CommandLine;
import io.sealane.core.wire.Reply;
import java.time.Duration;

/// What one session tells the log.
///
/// @param session its id
record SessionEvents(String session, EventSink sink) {
    void answered(CommandLine command, Reply reply) {
        if (reply.code() < 400) {
            sink.accept(new Event.CommandServed(session, command.printable(), reply.toString()));
        } else {
            refused(command.printable(), reply);
        }
    }

    /// @param shown the command, or what stood in its place
    void refused(String shown, Reply reply) {
        sink.accept(
                new Event.CommandRefused(session, shown, reply.toString(), RefusalCode.of(reply)));
    }

    /// The client speaks something else than the port.
    void wrongMode(String listener, String client, Ending reason) {
        sink.accept(new Event.WrongMode(session, listener, client, reason.code()));
    }

    /// The control connection has left TLS.
    void cleared() {
        sink.accept(new Event.ControlCleared(session));
    }

    /// @return the incident number, for the client to report
    String defect(String during, Throwable cause) {
        Event.Defect defect = Event.Defect.of(session, during, cause);
        sink.accept(defect);
        return defect.incident();
    }

    void closed(Ending ending, Duration lasted, String software) {
        sink.accept(new Event.SessionClosed(session, ending.code(), lasted, software));
    }
}
