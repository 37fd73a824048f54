package io.sealane.server.doctor;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;

/// A TCP connection that is read within limits. What is written is small enough for the system's
/// buffers, so that no peer can hold it up. Belongs to one thread.
final class Wire implements Link {
    /// Most octets taken from one connection: more than any answer here, less than hurts.
    static final int OCTETS_MAX = 4 << 20;

    private final Socket socket;
    private long taken;
    private End end = End.NONE;

    private Wire(Socket socket) {
        this.socket = socket;
    }

    static Wire connect(InetSocketAddress address, Deadline deadline) throws IOException {
        Socket socket = new Socket();
        try {
            socket.setTcpNoDelay(true);
            socket.connect(address, deadline.millisLeft());
            return new Wire(socket);
        } catch (IOException failed) {
            socket.close();
            throw failed;
        }
    }

    @Override
    public int read(byte[] target, Deadline deadline) throws IOException {
        return read(target, 0, target.length, deadline);
    }

    int read(byte[] target, int offset, int length, Deadline deadline) throws IOException {
        if (end != End.NONE) {
            return -1;
        }
        socket.setSoTimeout(deadline.millisLeft());
        int count = take(target, offset, length);
        taken += Math.max(count, 0);
        if (taken > OCTETS_MAX) {
            throw new UnusableAnswer("more than " + OCTETS_MAX + " octets");
        }
        return count;
    }

    private int take(byte[] target, int offset, int length) throws IOException {
        try {
            int count = socket.getInputStream().read(target, offset, length);
            if (count < 0) {
                end = End.FIN;
            }
            return count;
        } catch (SocketTimeoutException late) {
            throw new SocketTimeoutException("no answer in time");
        } catch (SocketException gone) {
            end = End.RESET;
            return -1;
        }
    }

    @Override
    public void write(byte[] octets, Deadline deadline) throws IOException {
        try {
            socket.getOutputStream().write(octets);
        } catch (SocketException gone) {
            end = End.RESET;
            throw new ConnectionEnded(end);
        }
    }

    /// Ends this side's stream with a FIN, and goes on reading.
    void sendFin() throws IOException {
        socket.shutdownOutput();
    }

    /// Ends the connection in both directions, so that the server goes on.
    void giveUp() {
        close();
    }

    @Override
    public End end() {
        return end;
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException _) {
            // It is gone, which is what was wanted.
        }
    }
}
