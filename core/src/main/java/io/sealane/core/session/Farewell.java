package io.sealane.core.session;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/// The end of a conversation so that the client sees our last reply: close_notify and FIN first,
/// then a bounded wait for its own end. Belongs to the session's thread.
record Farewell(ControlChannel channel, ControlReader reader, Inbox inbox) {
    /// Ends our half.
    void close() throws IOException {
        channel.closeOutput();
    }

    /// Waits for the client to end its half, and reads away what it still says. Blocks.
    void await(Duration patience) throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        reader.ask();
        while (deadline - System.nanoTime() > 0) {
            Optional<Message> message = inbox.take(Duration.ofNanos(deadline - System.nanoTime()));
            if (message.isEmpty() || message.get() instanceof Message.ControlEnded) {
                return;
            }
            reader.answered();
            reader.ask();
        }
    }
}
