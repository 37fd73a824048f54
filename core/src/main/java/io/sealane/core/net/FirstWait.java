package io.sealane.core.net;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Pipe;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/// The first time that a virtual thread of this process waits for a channel.
///
/// The JDK then makes what looks after all such waits. Where that fails, for want of a descriptor
/// or a thread, it never tries again, and no virtual thread can wait for a socket any more: the
/// process lives, accepts, and serves nobody. So it is had before there is anybody to serve.
public final class FirstWait {
    private static final Duration LOOK_INTERVAL = Duration.ofNanos(100_000);

    private FirstWait() {}

    /// Has it. Blocks for a moment.
    ///
    /// @throws IOException if the JDK cannot wait, and never will
    public static void haveIt() throws IOException {
        Pipe pipe = Pipe.open();
        try (Pipe.SourceChannel source = pipe.source();
                Pipe.SinkChannel sink = pipe.sink()) {
            Thread waiting = Thread.ofVirtual().name("first-wait").start(() -> read(source));
            while (waiting.getState() != Thread.State.WAITING) {
                if (!waiting.isAlive()) {
                    throw new IOException(
                            "Java cannot wait for sockets; are there descriptors and threads left"
                                    + " (ulimit -n, ulimit -u)?");
                }
                LockSupport.parkNanos(LOOK_INTERVAL.toNanos());
            }
            sink.write(ByteBuffer.allocate(1));
        }
    }

    private static void read(Pipe.SourceChannel source) {
        try {
            source.read(ByteBuffer.allocate(1)); // blocks
        } catch (IOException closed) {
            // That it could wait is all that mattered.
        }
    }
}
