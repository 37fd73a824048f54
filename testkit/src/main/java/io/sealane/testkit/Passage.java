package io.sealane.testkit;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/// One connection through a [FaultProxy], with what went through it. Safe for use by any thread.
public final class Passage {
    /// Bytes recorded per direction; more are passed on but not kept.
    public static final int RECORDED_BYTES_MAX = 16 * 1024 * 1024;

    private final Socket client;
    private final Socket server;
    private final Map<Direction, Recording> recordings = new EnumMap<>(Direction.class);
    private final AtomicInteger pumping = new AtomicInteger(2);
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread upward;
    private final Thread downward;

    Passage(Socket client, Socket server, FaultPlan toServer, FaultPlan toClient)
            throws SocketException {
        client.setTcpNoDelay(true);
        server.setTcpNoDelay(true);
        this.client = client;
        this.server = server;
        for (Direction direction : Direction.values()) {
            recordings.put(direction, new Recording());
        }
        this.upward = pump(Direction.TO_SERVER, toServer);
        this.downward = pump(Direction.TO_CLIENT, toClient);
    }

    /// Begins to pass bytes on; called once, after the passage can be found by tests.
    void start() {
        upward.start();
        downward.start();
    }

    /// Returns what was passed on so far.
    public byte[] bytes(Direction direction) {
        return recording(direction).bytes();
    }

    /// Returns how many bytes were passed on so far, or are about to be, recorded or not.
    public long count(Direction direction) {
        return recording(direction).count();
    }

    /// Waits until both directions have come to their end.
    ///
    /// @throws ProbeTimeout if they have not in time
    public void awaitEnd(Duration timeout) throws InterruptedException {
        Deadline deadline = Deadline.in(timeout);
        if (!upward.join(timeout) || !downward.join(deadline.remaining())) {
            throw new ProbeTimeout("the proxied connection did not end within " + timeout);
        }
    }

    void close() throws InterruptedException {
        closed.countDown();
        closeSockets();
        upward.join();
        downward.join();
    }

    private Thread pump(Direction direction, FaultPlan plan) {
        Socket source = direction == Direction.TO_SERVER ? client : server;
        Socket sink = direction == Direction.TO_SERVER ? server : client;
        return Thread.ofVirtual()
                .name("fault-proxy-" + direction + "-" + client.getPort())
                .unstarted(() -> pump(source, sink, plan, recording(direction)));
    }

    private void pump(Socket source, Socket sink, FaultPlan plan, Recording recording) {
        try {
            relay(source, sink, plan, recording);
        } catch (IOException _) {
            // A reset of either side, or close(): the other side learns it as a reset.
            resetBoth();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } finally {
            if (pumping.decrementAndGet() == 0) {
                closeSockets();
            }
        }
    }

    private void relay(Socket source, Socket sink, FaultPlan plan, Recording recording)
            throws IOException, InterruptedException {
        InputStream from = source.getInputStream();
        byte[] chunk = new byte[plan.chunkBytesMax()];
        while (recording.count() < plan.endAfterBytes()) {
            long room = plan.endAfterBytes() - recording.count();
            int count = from.read(chunk, 0, Math.toIntExact(Math.min(chunk.length, room)));
            if (count < 0) {
                sink.shutdownOutput();
                return;
            }
            if (!plan.pause().isZero() && isClosedWithin(plan.pause())) {
                return;
            }
            recording.add(chunk, count); // Before: who has seen it finds it there.
            sink.getOutputStream().write(chunk, 0, count); // blocks
        }
        end(source, sink, plan.end());
    }

    private void end(Socket source, Socket sink, FaultPlan.End end)
            throws IOException, InterruptedException {
        switch (end) {
            case CUT -> {
                sink.shutdownOutput();
                source.getInputStream().transferTo(OutputStream.nullOutputStream());
            }
            case RESET -> resetBoth();
            case STALL -> closed.await();
            case NONE -> {}
        }
    }

    private boolean isClosedWithin(Duration pause) throws InterruptedException {
        return closed.await(pause.toNanos(), TimeUnit.NANOSECONDS);
    }

    /// After both ends were passed on; nothing is lost by it.
    private void closeSockets() {
        try (client;
                server) {
            // Both are closed, also if one fails.
        } catch (IOException _) {
            // Nobody waits for these sockets any more.
        }
    }

    private void resetBoth() {
        for (Socket socket : new Socket[] {client, server}) {
            try {
                socket.setSoLinger(true, 0);
                socket.close();
            } catch (IOException _) {
                // Closed already, which is the aim.
            }
        }
    }

    private Recording recording(Direction direction) {
        return Objects.requireNonNull(recordings.get(direction));
    }

    /// Written by one pump, read by tests; each method holds the recording's own lock.
    private static final class Recording {
        private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
        private long count;

        synchronized void add(byte[] chunk, int length) {
            count += length;
            kept.write(chunk, 0, Math.min(length, RECORDED_BYTES_MAX - kept.size()));
        }

        synchronized byte[] bytes() {
            return kept.toByteArray();
        }

        synchronized long count() {
            return count;
        }
    }
}
