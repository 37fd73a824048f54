package io.sealane.core.session;

import io.sealane.core.wire.ControlLine;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Semaphore;

/// Reads lines of one session on a virtual thread of its own, one at a time and only when asked. So
/// ABOR is heard during a transfer, nothing is read past AUTH, and no lock is needed.
final class ControlReader {
    private final ControlChannel channel;
    private final Inbox inbox;
    private final Semaphore asked = new Semaphore(0);

    /// Of the session's thread.
    private Request request = Request.NONE;

    private enum Request {
        NONE,
        /// A line was asked for and has not come.
        OPEN
    }

    ControlReader(ControlChannel channel, Inbox inbox) {
        this.channel = channel;
        this.inbox = inbox;
    }

    Thread start(String name) {
        return Thread.ofVirtual().name(name).start(this::run);
    }

    /// Asks for one line, or for the news that there is none, unless that is asked for already. By
    /// the session's thread, as are the next two.
    void ask() {
        if (request == Request.NONE) {
            request = Request.OPEN;
            asked.release();
        }
    }

    /// What was asked for has come.
    void answered() {
        request = Request.NONE;
    }

    /// Whether it reads at the moment.
    boolean isAsked() {
        return request == Request.OPEN;
    }

    private void run() {
        try {
            while (true) {
                asked.acquire();
                Optional<ControlLine> line = channel.readLine(); // blocks
                if (line.isEmpty()) {
                    inbox.post(new Message.ControlEnded("closed"));
                    return;
                }
                inbox.post(new Message.Line(line.get()));
            }
        } catch (IOException broken) {
            inbox.post(new Message.ControlEnded(String.valueOf(broken.getMessage())));
        } catch (InterruptedException over) {
            // The session is over and wants nothing more.
        }
    }
}
