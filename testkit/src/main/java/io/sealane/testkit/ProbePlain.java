package io.sealane.testkit;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/// A stream in the clear.
public final class ProbePlain implements ProbeStream {
    private final TcpWire wire;

    ProbePlain(TcpWire wire) {
        this.wire = wire;
    }

    /// Gives the connection to a TLS stream; this object is not used afterwards.
    TcpWire detach() {
        return wire;
    }

    @Override
    public int read(byte[] target, Duration timeout) throws IOException {
        return wire.read(target, 0, target.length, Deadline.in(timeout));
    }

    @Override
    public void write(byte[] source, int offset, int length) throws IOException {
        wire.write(source, offset, length);
    }

    @Override
    public void finish(Ending ending) throws IOException {
        switch (ending) {
            case ORDERLY, FIN -> wire.sendFin();
            case RESET -> wire.sendReset();
            case CLOSE_NOTIFY_ONLY, NONE -> {}
        }
    }

    @Override
    public Optional<PeerEnd> peerEnd() {
        return wire.end();
    }

    @Override
    public Optional<TlsFacts> tls() {
        return Optional.empty();
    }

    @Override
    public void close() throws IOException {
        wire.close();
    }
}
