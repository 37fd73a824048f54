package io.sealane.core.tls;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;

/// Two connected sockets on the loopback with a relay between them that cuts the bytes into chunks
/// and counts them. A FIN is passed on as a FIN, a reset as a reset.
final class ChunkingRelay implements AutoCloseable {
    private final SocketChannel serverSide;
    private final SocketChannel clientSide;
    private final SocketChannel relayToServer;
    private final SocketChannel relayToClient;
    private final AtomicLong bytesToServer = new AtomicLong();
    private final AtomicLong bytesToClient = new AtomicLong();

    private ChunkingRelay(Socketpair toServer, Socketpair toClient) {
        serverSide = toServer.accepted();
        relayToServer = toServer.connected();
        relayToClient = toClient.accepted();
        clientSide = toClient.connected();
    }

    static ChunkingRelay open(Chunking chunking, long seed) throws IOException {
        ChunkingRelay relay = new ChunkingRelay(Socketpair.open(), Socketpair.open());
        relay.pass(relay.relayToClient, relay.relayToServer, relay.bytesToServer, chunking, seed);
        relay.pass(
                relay.relayToServer, relay.relayToClient, relay.bytesToClient, chunking, seed + 1);
        return relay;
    }

    /// The server's socket.
    SocketChannel serverSide() {
        return serverSide;
    }

    /// The client's socket.
    SocketChannel clientSide() {
        return clientSide;
    }

    /// Bytes on their way from the server to the client so far.
    long bytesToClient() {
        return bytesToClient.get();
    }

    @Override
    public void close() throws IOException {
        relayToServer.close();
        relayToClient.close();
        serverSide.close();
        clientSide.close();
    }

    private void pass(
            SocketChannel from, SocketChannel to, AtomicLong count, Chunking chunking, long seed) {
        Thread.ofVirtual()
                .name("relay")
                .start(() -> {
                    try {
                        passAll(from, to, count, chunking, new Random(seed));
                    } catch (IOException broken) {
                        reset(to);
                    }
                });
    }

    private static void passAll(
            SocketChannel from,
            SocketChannel to,
            AtomicLong count,
            Chunking chunking,
            Random random)
            throws IOException {
        to.setOption(StandardSocketOptions.TCP_NODELAY, true);
        ByteBuffer buffer = ByteBuffer.allocateDirect(256 * 1024);
        while (from.read(buffer.clear()) >= 0) {
            int end = buffer.flip().limit();
            count.addAndGet(end);
            while (buffer.position() < end) {
                buffer.limit(Math.min(end, buffer.position() + chunking.next(random)));
                while (buffer.hasRemaining()) {
                    to.write(buffer);
                }
            }
        }
        to.shutdownOutput();
    }

    private static void reset(SocketChannel channel) {
        try {
            channel.setOption(StandardSocketOptions.SO_LINGER, 0);
            channel.close();
        } catch (IOException closedAlready) {
            return;
        }
    }

    /// Both ends of one TCP connection.
    record Socketpair(SocketChannel accepted, SocketChannel connected) {
        static Socketpair open() throws IOException {
            try (ServerSocketChannel listener = ServerSocketChannel.open()) {
                listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
                SocketChannel connected = SocketChannel.open(listener.getLocalAddress());
                return new Socketpair(listener.accept(), connected);
            }
        }
    }
}
