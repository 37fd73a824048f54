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

    ControlReader(ControlChannel channel, Inbox inbox) {
        this.channel = channel;
        this.inbox = inbox;
    }

    Thread start(String name) {
        return Thread.ofVirtual().name(name).start(this::run);
    }

    /// Asks for one line, or for the news that there is none.
    void ask() {
        asked.release();
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
