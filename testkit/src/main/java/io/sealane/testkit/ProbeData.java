package io.sealane.testkit;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Optional;

/// A data connection in the test's hands. Made by [ProbeClient#openData()]; owned by the caller.
///
/// It goes through up to three states: listening (active mode), connected, and established, which
/// is when bytes can flow. [#establish()] goes to the end; reads and writes do so by themselves.
public final class ProbeData implements AutoCloseable {
    private final Security security;
    private final Duration timeout;
    // Read by close() while establish() may still run elsewhere: see TransferRun.
    private volatile State state;

    private ProbeData(State state, Security security, Duration timeout) {
        this.state = state;
        this.security = security;
        this.timeout = timeout;
    }

    static ProbeData connect(
            InetSocketAddress target, InetAddress from, Security security, Duration timeout)
            throws IOException {
        TcpWire wire = TcpWire.connect(target, from, timeout); // blocks
        return new ProbeData(new Connected(wire), security, timeout);
    }

    static ProbeData listen(InetAddress local, Security security, Duration timeout)
            throws IOException {
        return new ProbeData(new Listening(new ServerSocket(0, 1, local)), security, timeout);
    }

    /// Returns the probe's end: in active mode what PORT or EPRT is to name.
    public InetSocketAddress localAddress() {
        return switch (state) {
            case Listening(ServerSocket listener) ->
                    (InetSocketAddress) listener.getLocalSocketAddress();
            case Connected(TcpWire wire) -> wire.local();
            case Established(ProbeStream _, TcpWire wire) -> wire.local();
        };
    }

    /// Returns the server's end, empty while it has not connected.
    public Optional<InetSocketAddress> remoteAddress() {
        return switch (state) {
            case Listening _ -> Optional.empty();
            case Connected(TcpWire wire) -> Optional.of(wire.remote());
            case Established(ProbeStream _, TcpWire wire) -> Optional.of(wire.remote());
        };
    }

    /// Waits for the server to connect, in active mode; no TLS yet.
    public ProbeData accept() throws IOException {
        if (state instanceof Listening(ServerSocket listener)) {
            TcpWire wire = TcpWire.accept(listener, timeout); // blocks
            state = new Connected(wire);
            listener.close();
        }
        return this;
    }

    /// Accepts and shakes hands, as far as that is still to be done.
    public ProbeStream establish() throws IOException {
        accept();
        if (state instanceof Connected(TcpWire wire)) {
            state = new Established(security.secure(wire, Deadline.in(timeout)), wire); // blocks
        }
        return established();
    }

    /// Reads to the end of the server's half.
    public byte[] readToEnd() throws IOException {
        return establish().readToEnd(timeout);
    }

    public ProbeData write(byte[] bytes) throws IOException {
        establish().write(bytes);
        return this;
    }

    public ProbeData finish(Ending ending) throws IOException {
        if (state instanceof Connected(TcpWire wire)) {
            new ProbePlain(wire).finish(ending);
            return this;
        }
        establish().finish(ending);
        return this;
    }

    /// Reads on until the server's half ends, drops what comes, and returns how it ended.
    public PeerEnd awaitEnd() throws IOException {
        return awaitEnd(timeout);
    }

    /// As [#awaitEnd()]; [PeerEnd#STILL_OPEN] after `patience` of silence.
    public PeerEnd awaitEnd(Duration patience) throws IOException {
        ProbeStream stream = establish();
        byte[] dropped = new byte[16 * 1024];
        try {
            while (stream.read(dropped, patience) >= 0) {}
        } catch (ProbeTimeout _) {
            return PeerEnd.STILL_OPEN;
        }
        return stream.peerEnd().orElseThrow();
    }

    public Optional<TlsFacts> tls() {
        return switch (state) {
            case Listening _, Connected _ -> Optional.empty();
            case Established(ProbeStream stream, TcpWire _) -> stream.tls();
        };
    }

    /// Closes and says nothing more. After [Ending#NONE] this is a bare FIN.
    @Override
    public void close() throws IOException {
        switch (state) {
            case Listening(ServerSocket listener) -> listener.close();
            case Connected(TcpWire wire) -> wire.close();
            case Established(ProbeStream _, TcpWire wire) -> wire.close();
        }
    }

    private ProbeStream established() {
        return switch (state) {
            case Established(ProbeStream stream, TcpWire _) -> stream;
            case Listening _, Connected _ -> throw new IllegalStateException("not established");
        };
    }

    /// Makes the stream on a connected wire: clear or TLS.
    interface Security {
        ProbeStream secure(TcpWire wire, Deadline deadline) throws IOException;
    }

    private sealed interface State {}

    private record Listening(ServerSocket listener) implements State {}

    private record Connected(TcpWire wire) implements State {}

    private record Established(ProbeStream stream, TcpWire wire) implements State {}
}
