package io.sealane.server.doctor;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/// A server on a loopback port that treats each client as a test wants it. Owned by the test.
final class FakeServer implements AutoCloseable {
    private final ServerSocket listening;

    private FakeServer(ServerSocket listening) {
        this.listening = listening;
    }

    /// What is done with a connection, on a thread of its own.
    @FunctionalInterface
    interface Treatment {
        void of(Socket client) throws IOException;
    }

    static FakeServer start(Treatment treatment) throws IOException {
        FakeServer server =
                new FakeServer(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
        Thread.ofVirtual().start(() -> server.serve(treatment));
        return server;
    }

    private void serve(Treatment treatment) {
        while (true) {
            try {
                Socket client = listening.accept();
                Thread.ofVirtual().start(() -> treat(client, treatment));
            } catch (IOException _) {
                return; // Closed by the test.
            }
        }
    }

    private static void treat(Socket client, Treatment treatment) {
        try (client) {
            treatment.of(client);
        } catch (IOException _) {
            // The client has gone, as it may.
        }
    }

    int port() {
        return listening.getLocalPort();
    }

    @Override
    public void close() throws IOException {
        listening.close();
    }
}
