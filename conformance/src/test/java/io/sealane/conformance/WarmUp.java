package io.sealane.conformance;

import java.io.IOException;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;

/// Makes the JVM open what it opens once and keeps: the pollers of virtual threads.
final class WarmUp {
    private static boolean done;

    private WarmUp() {}

    static synchronized void once() throws IOException {
        if (done) {
            return;
        }
        done = true;
        try (Selector selector = Selector.open();
                ServerSocketChannel listening = ServerSocketChannel.open().bind(null)) {
            selector.selectNow();
            Thread waiting = Thread.ofVirtual().start(() -> acceptOne(listening));
            while (waiting.getState() != Thread.State.WAITING) {
                Thread.onSpinWait();
            }
            SocketChannel.open(listening.getLocalAddress()).close();
            waiting.join();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static void acceptOne(ServerSocketChannel listening) {
        try {
            listening.accept().close();
        } catch (IOException failed) {
            throw new IllegalStateException(failed);
        }
    }
}
