package io.sealane.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import javax.net.ssl.SSLException;

/// Runs one transfer: command, data connection, replies. The handshake alone may take place on a
/// thread of its own, since some servers await it before they say 150 and others after.
final class TransferRun {
    private final ProbeClient client;
    private final HandshakeTime handshakeTime;
    private final ProbeData data;

    TransferRun(ProbeClient client, HandshakeTime handshakeTime, ProbeData data) {
        this.client = client;
        this.handshakeTime = handshakeTime;
        this.data = data;
    }

    /// Moves the content over an established stream, counting it in the cargo, and ends its half.
    interface Mover {
        void move(ProbeStream stream, Cargo cargo) throws IOException;
    }

    /// Counts what was moved, also for the case that moving fails.
    static final class Cargo {
        private long bytes;

        void add(int count) {
            bytes += count;
        }
    }

    Transfer run(String command, Mover mover) throws IOException {
        if (handshakeTime == HandshakeTime.BEFORE_COMMAND) {
            data.establish();
        }
        client.send(command);
        FutureTask<ProbeStream> establishing = new FutureTask<>(data::establish);
        if (handshakeTime == HandshakeTime.WITH_COMMAND) {
            Thread.ofVirtual().name("probe-handshake").start(establishing);
        }
        Reply first = client.read();
        if (!first.isPreliminary()) {
            abandon(establishing);
            return new Transfer(List.of(first), new DataOutcome.NotStarted());
        }
        if (handshakeTime != HandshakeTime.WITH_COMMAND) {
            establishing.run();
        }
        Cargo cargo = new Cargo();
        try {
            mover.move(await(establishing), cargo);
        } catch (IOException broken) {
            data.close();
            Reply completion = client.read();
            return new Transfer(
                    List.of(first, completion), new DataOutcome.Broken(broken, cargo.bytes));
        }
        Reply completion = client.read();
        return new Transfer(List.of(first, completion), ended(cargo));
    }

    private DataOutcome ended(Cargo cargo) throws IOException {
        Optional<TlsFacts> tls = data.tls();
        Optional<PeerEnd> seen = data.establish().peerEnd();
        try {
            PeerEnd end = seen.isPresent() ? seen.get() : data.awaitEnd();
            return new DataOutcome.Ended(end, cargo.bytes, tls);
        } catch (SSLException alert) {
            return new DataOutcome.Broken(alert, cargo.bytes);
        } catch (IOException _) {
            // The probe's own RST has closed the socket: the peer's end is not to be seen.
            return new DataOutcome.Ended(PeerEnd.STILL_OPEN, cargo.bytes, tls);
        }
    }

    /// Closes what is open and sees the handshake's thread end, so that none outlives the call.
    private void abandon(FutureTask<ProbeStream> establishing) throws IOException {
        data.close();
        if (handshakeTime == HandshakeTime.WITH_COMMAND) {
            try {
                await(establishing);
            } catch (IOException | ProbeTimeout _) {
                // Refused: nobody asks how far the handshake came.
            }
        }
    }

    private static ProbeStream await(FutureTask<ProbeStream> establishing) throws IOException {
        try {
            return establishing.get(); // blocks, within the data connection's own time limit
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", interrupted);
        } catch (ExecutionException failure) {
            switch (failure.getCause()) {
                case IOException broken -> throw broken;
                case UncheckedIOException broken -> throw broken.getCause();
                case AssertionError failed -> throw failed;
                case null, default -> throw new IllegalStateException(failure);
            }
        }
    }
}
