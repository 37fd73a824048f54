package io.sealane.server.doctor;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// One transfer over a data connection, and how it went.
///
/// @param trouble why the data connection failed, if it did
/// @param end how the server ended the data connection
/// @param text what was received
/// @param last the final reply, if one came
record DataTransfer(
        Optional<String> trouble,
        Resumed resumed,
        Link.End end,
        String text,
        Optional<Reply> last) {
    /// Most of a listing that is read.
    static final int OCTETS_MAX = 1 << 20;

    /// How long a first reply may take, before the handshake is begun without it: some servers say
    /// it behind the handshake.
    private static final Duration FIRST_REPLY_PATIENCE = Duration.ofSeconds(1);

    private static final int READ_OCTETS = 8192;

    /// Whether the handshake resumed a session.
    enum Resumed {
        YES,
        NO
    }

    /// How an upload ends.
    enum Ending {
        CLEAN,
        /// A FIN without a close_notify.
        CUT
    }

    /// The passive port cannot be connected to.
    static final class Unreachable extends IOException {
        private static final long serialVersionUID = 1L;

        Unreachable(InetSocketAddress address, IOException cause) {
            super("port " + address.getPort() + ": " + Notebook.reason(cause), cause);
        }
    }

    boolean succeeded() {
        return trouble.isEmpty() && last.map(Reply::isGood).orElse(false);
    }

    /// What came of it, to be shown.
    String shown() {
        String reply = last.map(Reply::shown).orElse("no reply");
        return trouble.map(why -> why + "; " + reply).orElse(reply);
    }

    /// Something that is done with an open data connection.
    @FunctionalInterface
    private interface Work {
        String run(Link link) throws IOException;
    }

    /// Lists the current folder.
    ///
    /// @param tls empty lists in the clear
    static DataTransfer list(
            FtpControl control, InetSocketAddress address, Optional<TlsClient> tls, Times times)
            throws IOException {
        return transfer("LIST", control, address, tls, times, link -> readAll(link, times));
    }

    /// Stores a file.
    static DataTransfer store(
            String name,
            Ending ending,
            Member member,
            InetSocketAddress address,
            Times times,
            byte[] content)
            throws IOException {
        return transfer(
                "STOR " + name,
                member.control(),
                address,
                member.resuming(),
                times,
                link -> {
                    link.write(content, times.next());
                    TlsLink protectedLink = (TlsLink) link;
                    switch (ending) {
                        case CLEAN -> protectedLink.finish(times.next());
                        case CUT -> protectedLink.cut();
                    }
                    return "";
                });
    }

    private static DataTransfer transfer(
            String command,
            FtpControl control,
            InetSocketAddress address,
            Optional<TlsClient> tls,
            Times times,
            Work work)
            throws IOException {
        try (Wire wire = connect(address, times)) {
            control.send(command.getBytes(StandardCharsets.US_ASCII));
            Optional<Reply> first = control.readWithin(FIRST_REPLY_PATIENCE);
            if (first.isPresent() && !first.get().isPreliminary()) {
                return new DataTransfer(Optional.empty(), Resumed.NO, Link.End.NONE, "", first);
            }
            Optional<String> trouble = Optional.empty();
            String text = "";
            Link link = wire;
            Resumed resumed = Resumed.NO;
            try {
                if (tls.isPresent()) {
                    link = tls.get().handshake(wire, List.of(), times.next());
                    resumed = tls.get().chain().isEmpty() ? Resumed.YES : Resumed.NO;
                }
                text = work.run(link);
            } catch (IOException failed) {
                trouble = Optional.of(Notebook.reason(failed));
                wire.giveUp();
            }
            Optional<Reply> last = lastReply(control);
            return new DataTransfer(trouble, resumed, link.end(), text, last);
        }
    }

    private static Wire connect(InetSocketAddress address, Times times) throws IOException {
        Deadline deadline = times.next();
        try {
            return Wire.connect(address, deadline);
        } catch (IOException failed) {
            throw new Unreachable(address, failed);
        }
    }

    private static Optional<Reply> lastReply(FtpControl control) {
        try {
            Reply reply = control.read();
            return Optional.of(reply.isPreliminary() ? control.read() : reply);
        } catch (IOException _) {
            return Optional.empty(); // Shown as such.
        }
    }

    private static String readAll(Link link, Times times) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        byte[] some = new byte[READ_OCTETS];
        Deadline deadline = times.next();
        int count = link.read(some, deadline);
        while (count >= 0 && all.size() < OCTETS_MAX) {
            all.write(some, 0, count);
            count = link.read(some, deadline);
        }
        if (link.end() == Link.End.RESET) {
            throw new ConnectionEnded(Link.End.RESET);
        }
        // Interop: ProFTPD and Pure-FTPd say 226 when the client has ended its side, too.
        link.close();
        return all.toString(StandardCharsets.UTF_8);
    }
}
