package io.sealane.conformance.clients;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;

/// A port for a program that has to be told one. It is bound, so the kernel gives it to nobody who
/// asks for any, and nobody listens there, so whoever sets SO_REUSEADDR may (socket(7)).
final class HeldPort implements AutoCloseable {
    private final Socket holder;

    private HeldPort(Socket holder) {
        this.holder = holder;
    }

    static HeldPort take() throws IOException {
        Socket holder = new Socket();
        holder.setReuseAddress(true);
        holder.bind(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0));
        return new HeldPort(holder);
    }

    int number() {
        return holder.getLocalPort();
    }

    @Override
    public void close() throws IOException {
        holder.close();
    }
}
