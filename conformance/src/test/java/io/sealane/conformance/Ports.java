package io.sealane.conformance;

import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.random.RandomGenerator;

/// Asks the kernel about ports.
final class Ports {
    /// Below the ports that Linux chooses itself, so that nobody gets one by chance.
    private static final int RANGE_FIRST = 10_000;

    private static final int RANGE_LAST = 32_000;
    private static final int ATTEMPTS = 100;
    private static final Duration PATIENCE = Duration.ofSeconds(8);
    private static final long POLL_NANOS = 1_000_000;

    private Ports() {}

    /// Whether nobody listens there: it can be bound.
    static boolean isFree(InetSocketAddress address) throws IOException {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(address);
            return true;
        } catch (BindException taken) {
            return false;
        }
    }

    /// Waits until nobody listens there: whoever closes by a timer does so later on a busy machine.
    static void awaitFree(InetSocketAddress address) throws IOException {
        long start = System.nanoTime();
        while (!isFree(address)) {
            if (System.nanoTime() - start > PATIENCE.toNanos()) {
                throw new AssertionError("somebody listens at " + address + " yet");
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
    }

    /// Finds so many ports in a row that are free on every address.
    ///
    /// @return the first of them
    static int freeRange(int count) throws IOException {
        RandomGenerator random = RandomGenerator.getDefault();
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            int first = random.nextInt(RANGE_FIRST, RANGE_LAST - count);
            if (areFree(first, count)) {
                return first;
            }
        }
        throw new AssertionError("no " + count + " free ports in a row");
    }

    private static boolean areFree(int first, int count) throws IOException {
        for (int port = first; port < first + count; port++) {
            if (!isFree(new InetSocketAddress(port))) {
                return false;
            }
        }
        return true;
    }
}
