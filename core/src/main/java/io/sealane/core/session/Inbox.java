package io.sealane.core.session;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/// The one queue of a session. What posts into it bounds it: the reader posts one line for each
/// time it is asked, a transfer posts twice, a work once, the server at most twice.
final class Inbox {
    private static final int MESSAGES_MAX = 64;

    private final BlockingQueue<Message> messages = new ArrayBlockingQueue<>(MESSAGES_MAX);

    void post(Message message) {
        if (!messages.offer(message)) {
            throw new IllegalStateException("inbox full: " + message);
        }
    }

    /// Waits for a message. Blocks, and sets no timer: each would cost more than the message.
    Message take() throws InterruptedException {
        return messages.take();
    }

    /// Waits for a message, at most so long. Blocks.
    Optional<Message> take(Duration patience) throws InterruptedException {
        return Optional.ofNullable(messages.poll(patience.toNanos(), TimeUnit.NANOSECONDS));
    }
}
