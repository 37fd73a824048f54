package io.sealane.testkit;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One TCP connection that can tell FIN from RST and can send either. One reading and one writing
/// thread at most. Owns the socket.
final class TcpWire implements Closeable {
    static final InetAddress ANYWHERE = new InetSocketAddress(0).getAddress();

    private final Socket socket;
    private @Nullable PeerEnd end;

    private TcpWire(Socket socket) throws SocketException {
        this.socket = socket;
        // Each write shall be a segment of its own as far as the kernel lets it.
        socket.setTcpNoDelay(true);
    }

    static TcpWire connect(InetSocketAddress target, Duration timeout) throws IOException {
        return connect(target, ANYWHERE, timeout);
    }

    /// @param from the address to connect from; the unspecified one leaves it to the system
    static TcpWire connect(InetSocketAddress target, InetAddress from, Duration timeout)
            throws IOException {
        Socket socket = new Socket();
        try {
            if (!from.isAnyLocalAddress()) { // Bound, it would need a port that nothing else has.
                socket.bind(new InetSocketAddress(from, 0));
            }
            socket.connect(target, Deadline.in(timeout).socketMillis()); // blocks
            return new TcpWire(socket);
        } catch (SocketTimeoutException late) {
            socket.close();
            throw new ProbeTimeout("no connection to " + target + " within " + timeout, late);
        } catch (IOException failure) {
            socket.close();
            throw failure;
        }
    }

    static TcpWire accept(ServerSocket listener, Duration timeout) throws IOException {
        listener.setSoTimeout(Deadline.in(timeout).socketMillis());
        try {
            return new TcpWire(listener.accept()); // blocks
        } catch (SocketTimeoutException late) {
            String where = listener.getLocalSocketAddress().toString();
            throw new ProbeTimeout("no connection came to " + where + " within " + timeout, late);
        }
    }

    static TcpWire adopt(Socket socket) throws SocketException {
        return new TcpWire(socket);
    }

    /// Reads at least one byte; -1 at the end of the peer's half, which [#end()] then names.
    int read(byte[] target, int offset, int length, Deadline deadline) throws IOException {
        if (end != null) {
            return -1;
        }
        try {
            socket.setSoTimeout(deadline.socketMillis());
            int count = socket.getInputStream().read(target, offset, length); // blocks
            if (count < 0) {
                end = PeerEnd.FIN;
            }
            return count;
        } catch (SocketTimeoutException late) {
            throw new ProbeTimeout(
                    "nothing came from " + remote() + " within " + deadline.budget(), late);
        } catch (SocketException failure) {
            if (socket.isClosed()) {
                throw failure;
            }
            end = PeerEnd.RESET;
            return -1;
        }
    }

    void write(byte[] source, int offset, int length) throws IOException {
        socket.getOutputStream().write(source, offset, length); // blocks
    }

    Optional<PeerEnd> end() {
        return Optional.ofNullable(end);
    }

    InetSocketAddress local() {
        return (InetSocketAddress) socket.getLocalSocketAddress();
    }

    InetSocketAddress remote() {
        return (InetSocketAddress) socket.getRemoteSocketAddress();
    }

    void sendFin() throws IOException {
        if (!socket.isOutputShutdown()) {
            socket.shutdownOutput();
        }
    }

    void sendReset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
