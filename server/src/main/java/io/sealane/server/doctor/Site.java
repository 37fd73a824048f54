package io.sealane.server.doctor;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;

/// A place on the server, and how to get there. Immutable.
record Site(Target target, InetSocketAddress address, Door door, Times times) {
    /// Most 120 replies before a greeting (RFC 959 section 5.4).
    private static final int DELAYS_MAX = 5;

    Place place() {
        return new Place(address.getPort(), door);
    }

    Wire connect() throws IOException {
        return Wire.connect(address, times.next());
    }

    /// Connects and reads the greeting, which comes in the clear.
    ///
    /// @throws UnusableAnswer if the server greets with anything but 220
    FtpControl greeted() throws IOException {
        Wire wire = connect();
        try {
            FtpControl control = FtpControl.over(wire, times::next);
            expectGreeting(greeting(control));
            return control;
        } catch (IOException failed) {
            wire.close();
            throw failed;
        }
    }

    /// Reads the greeting, whatever its code.
    static Reply greeting(FtpControl control) throws IOException {
        Reply reply = control.read();
        for (int delays = 0; reply.isPreliminary() && delays < DELAYS_MAX; delays++) {
            reply = control.read();
        }
        return reply;
    }

    private static void expectGreeting(Reply greeting) throws UnusableAnswer {
        if (greeting.code() != 220) {
            throw new UnusableAnswer("the server greets with " + greeting.shown());
        }
    }

    /// Connects and goes on to where TLS begins.
    FtpControl atTls() throws IOException {
        if (door == Door.IMPLICIT) {
            return FtpControl.over(connect(), times::next);
        }
        FtpControl control = greeted();
        try {
            Reply reply = control.say("AUTH TLS");
            if (reply.isRefusal()) {
                throw new UnusableAnswer("AUTH TLS is answered with " + reply.shown());
            }
            return control;
        } catch (IOException failed) {
            control.close();
            throw failed;
        }
    }

    /// Shakes hands and, in implicit mode, reads the greeting.
    ///
    /// @param protocols for ALPN
    FtpControl secured(TlsClient tls, List<String> protocols) throws IOException {
        FtpControl control = atTls();
        try {
            secure(control, tls, protocols);
            return control;
        } catch (IOException failed) {
            control.close();
            throw failed;
        }
    }

    /// The same on a connection that is where TLS begins. What it throws is TLS's doing, and not
    /// that of a server that takes no more connections.
    TlsLink secure(FtpControl control, TlsClient tls, List<String> protocols) throws IOException {
        TlsLink link = tls.handshake((Wire) control.link(), protocols, times.next());
        control.continueOver(link);
        if (door == Door.IMPLICIT) {
            expectGreeting(greeting(control));
        }
        return link;
    }

    TlsClient freshClient() {
        return TlsClient.fresh(target, address);
    }
}
