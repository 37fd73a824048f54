package io.sealane.conformance;

import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/// Asks the kernel about ports.
final class Ports {
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
}
