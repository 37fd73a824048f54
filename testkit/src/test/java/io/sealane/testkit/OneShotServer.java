package io.sealane.testkit;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// Serves each connection by the same few lines of a test, on a virtual thread, until closed.
final class OneShotServer implements AutoCloseable {
    private final ServerSocket listener;
    private final Script script;
    private final List<Socket> sockets = Collections.synchronizedList(new ArrayList<>());

    private OneShotServer(ServerSocket listener, Script script) {
        this.listener = listener;
        this.script = script;
    }

    interface Script {
        void serve(Socket socket) throws Exception;
    }

    static OneShotServer start(Script script) throws IOException {
        return start(InetAddress.getLoopbackAddress(), script);
    }

    static OneShotServer start(InetAddress address, Script script) throws IOException {
        OneShotServer server = new OneShotServer(new ServerSocket(0, 50, address), script);
        Thread.ofVirtual().name("one-shot-accept").start(server::acceptAll);
        return server;
    }

    InetSocketAddress address() {
        return (InetSocketAddress) listener.getLocalSocketAddress();
    }

    @Override
    public void close() throws IOException {
        listener.close();
        for (Socket socket : List.copyOf(sockets)) {
            socket.close();
        }
    }

    private void acceptAll() {
        while (!listener.isClosed()) {
            try {
                Socket socket = listener.accept();
                sockets.add(socket);
                Thread.ofVirtual().name("one-shot-serve").start(() -> serve(socket));
            } catch (IOException _) {
                // Closed.
            }
        }
    }

    private void serve(Socket socket) {
        try {
            script.serve(socket);
        } catch (Exception _) {
            // The test looks at what its client saw.
        }
    }
}
