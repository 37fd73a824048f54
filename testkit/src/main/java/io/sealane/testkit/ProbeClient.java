package io.sealane.testkit;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// An FTP client that does what the test says, byte for byte, and forgives the server nothing.
///
/// ```java
/// try (ProbeClient client = ProbeClient.connect(server)) {
///     client.expect(220).startTls().login("demo", "secret").protect();
///     client.send("PWD").expect(257, "\"/\"...");
///     client.upload("STOR a", content).expect(150, 226).expectTls(Resumption.RESUMED);
///     client.send("QUIT").expect(221).expectEnd(PeerEnd.CLOSE_NOTIFY);
/// }
/// ```
///
/// Connecting sends nothing and reads nothing by itself; each reply is read when the test asks for
/// it. Belongs to one thread. Owns its control connection and, within one call, data connections.
public final class ProbeClient implements AutoCloseable {
    private final Settings settings;
    private final TlsSessions sessions;
    private final InetSocketAddress server;
    private final Conversation conversation = new Conversation();
    private final ReplyParser parser = new ReplyParser();
    private final byte[] buffer = new byte[4096];
    private final TcpWire wire;
    private ProbeStream stream;
    private int bufferStart;
    private int bufferEnd;
    private DataPlan plan = DataPlan.DEFAULTS;
    private Optional<Reply> latest = Optional.empty();

    private ProbeClient(InetSocketAddress server, Settings settings) throws IOException {
        this.server = server;
        this.settings = settings;
        this.sessions = TlsSessions.fresh(settings.tls());
        this.wire = TcpWire.connect(server, settings.from(), settings.timeout()); // blocks
        this.stream = new ProbePlain(wire);
    }

    /// How long each read may take, what TLS the probe offers on the control connection, and the
    /// address it connects from; the unspecified one leaves that to the system.
    public record Settings(Duration timeout, TlsChoice tls, InetAddress from) {
        public static final Settings DEFAULTS =
                new Settings(Duration.ofSeconds(10), TlsChoice.DEFAULTS, TcpWire.ANYWHERE);

        public Settings timeout(Duration other) {
            return new Settings(other, tls, from);
        }

        public Settings tls(TlsChoice other) {
            return new Settings(timeout, other, from);
        }

        public Settings from(InetAddress other) {
            return new Settings(timeout, tls, other);
        }
    }

    /// Connects in the clear: plain FTP, or explicit TLS once [#startTls()] is called.
    public static ProbeClient connect(InetSocketAddress server) throws IOException {
        return connect(server, Settings.DEFAULTS);
    }

    public static ProbeClient connect(InetSocketAddress server, Settings settings)
            throws IOException {
        return new ProbeClient(server, settings);
    }

    /// Connects and shakes hands at once: implicit TLS.
    public static ProbeClient implicit(InetSocketAddress server) throws IOException {
        return implicit(server, Settings.DEFAULTS);
    }

    public static ProbeClient implicit(InetSocketAddress server, Settings settings)
            throws IOException {
        ProbeClient client = new ProbeClient(server, settings);
        try {
            return client.secure();
        } catch (IOException | AssertionError failure) {
            client.close();
            throw failure;
        }
    }

    /// Sends a line; CRLF is added.
    public ProbeClient send(String line) throws IOException {
        return send(line, Pacing.whole());
    }

    public ProbeClient send(String line, Pacing pacing) throws IOException {
        conversation.sent(line);
        pacing.write(stream, (line + "\r\n").getBytes(StandardCharsets.UTF_8));
        return this;
    }

    /// Sends bytes and adds nothing.
    public ProbeClient sendRaw(byte[] bytes) throws IOException {
        return sendRaw(bytes, Pacing.whole());
    }

    public ProbeClient sendRaw(byte[] bytes, Pacing pacing) throws IOException {
        conversation.sent(Printable.of(bytes));
        pacing.write(stream, bytes);
        return this;
    }

    /// Reads one reply and asserts its code.
    public ProbeClient expect(int code) throws IOException {
        Reply reply = read();
        if (reply.code() != code) {
            throw unexpected(Integer.toString(code), reply);
        }
        return this;
    }

    /// Reads one reply and asserts its code and the text of its last line; `...` in `glob` stands
    /// for any characters.
    public ProbeClient expect(int code, String glob) throws IOException {
        Reply reply = read();
        if (reply.code() != code || !Glob.matches(glob, reply.text())) {
            throw unexpected(code + " " + glob, reply);
        }
        return this;
    }

    /// Sends a line and returns the reply, whatever it is.
    public Reply ask(String line) throws IOException {
        return send(line).read();
    }

    /// Reads one reply.
    ///
    /// @throws ProtocolViolation if the server sends anything else
    /// @throws EarlyEnd if the server ends
    public Reply read() throws IOException {
        Deadline deadline = Deadline.in(settings.timeout());
        while (true) {
            while (bufferStart < bufferEnd) {
                Optional<Reply> reply = parser.accept(buffer[bufferStart++]);
                if (reply.isPresent()) {
                    conversation.received(reply.get());
                    latest = reply;
                    return reply.get();
                }
            }
            if (fill(deadline) < 0) {
                parser.end();
                throw new EarlyEnd(
                        "a reply was due but the connection ended by "
                                + stream.peerEnd().orElseThrow()
                                + "\nconversation so far:\n"
                                + conversation,
                        new byte[0]);
            }
        }
    }

    /// Returns the reply that was read last.
    public Reply reply() {
        return latest.orElseThrow(() -> new IllegalStateException("no reply was read yet"));
    }

    /// Asserts that the server says nothing for so long.
    public ProbeClient expectSilence(Duration duration) throws IOException {
        int count;
        try {
            count = bufferStart < bufferEnd ? bufferEnd - bufferStart : fill(Deadline.in(duration));
        } catch (ProbeTimeout _) {
            return this;
        }
        throw unexpected("silence", count < 0 ? "the end" : Printable.of(unread()));
    }

    /// Asserts that the server says no more and ends, and returns how it did.
    public PeerEnd awaitEnd() throws IOException {
        if (bufferStart < bufferEnd || fill(Deadline.in(settings.timeout())) >= 0) {
            throw unexpected("the end", Printable.of(unread()));
        }
        PeerEnd end = stream.peerEnd().orElseThrow();
        conversation.note("server: " + end);
        return end;
    }

    public ProbeClient expectEnd(PeerEnd expected) throws IOException {
        PeerEnd end = awaitEnd();
        if (end != expected) {
            throw unexpected("the end by " + expected, end.toString());
        }
        return this;
    }

    /// Shakes hands on the control connection.
    ///
    /// @throws ProtocolViolation if the server sent anything behind its last reply
    public ProbeClient secure() throws IOException {
        if (bufferStart < bufferEnd || !parser.isBetweenReplies()) {
            throw new ProtocolViolation("clear text behind the reply to AUTH", unread());
        }
        if (!(stream instanceof ProbePlain plain)) {
            throw new IllegalStateException("TLS runs already");
        }
        stream =
                ProbeTls.handshake(
                        plain.detach(),
                        sessions.engine(hostText(), server.getPort(), settings.tls()),
                        sessions,
                        Deadline.in(settings.timeout()));
        conversation.note("TLS handshake: " + stream.tls().orElseThrow());
        return this;
    }

    /// Sends AUTH TLS, expects 234 and shakes hands.
    public ProbeClient startTls() throws IOException {
        return send("AUTH TLS").expect(234).secure();
    }

    /// Ends TLS on the control connection after the 200 to CCC.
    public ProbeClient clear() throws IOException {
        stream = tlsStream().clear(settings.timeout());
        conversation.note("TLS ended");
        return this;
    }

    /// As [#clear], without a close_notify of its own.
    public ProbeClient clearInSilence() throws IOException {
        stream = tlsStream().clearInSilence(settings.timeout());
        conversation.note("TLS ended by the server alone");
        return this;
    }

    private ProbeTls tlsStream() {
        if (!(stream instanceof ProbeTls tls)) {
            throw new IllegalStateException("TLS does not run");
        }
        return tls;
    }

    /// Logs in; 230 to USER does as well as 331 and PASS.
    public ProbeClient login(String user, String password) throws IOException {
        Reply reply = ask("USER " + user);
        if (reply.code() == 230) {
            return this;
        }
        if (reply.code() != 331) {
            throw unexpected("331", reply);
        }
        return send("PASS " + password).expect(230);
    }

    /// Sends PBSZ 0 and PROT P; data connections then resume the control connection's session.
    public ProbeClient protect() throws IOException {
        send("PBSZ 0").expect(200).send("PROT P").expect(200);
        return data(plan.protection(DataProtection.SAME_SESSION));
    }

    /// Returns what FEAT lists, each line checked.
    public List<String> features() throws IOException {
        return ask("FEAT").features();
    }

    /// Sets how data connections are opened from now on; sends nothing.
    public ProbeClient data(DataPlan other) {
        plan = other;
        return this;
    }

    public DataPlan plan() {
        return plan;
    }

    /// Sends EPSV, PASV, EPRT or PORT as planned, expects success, and returns the data connection:
    /// connected in passive mode, listening in active mode. TLS waits for [ProbeData#establish()].
    /// The caller owns it.
    public ProbeData openData() throws IOException {
        return switch (plan.mode()) {
            case EPSV -> connectData(passiveAddress(send("EPSV").expect(229).reply()));
            case PASV -> connectData(passiveAddress(send("PASV").expect(227).reply()));
            case EPRT -> announce("EPRT ", DataAddress::eprt);
            case PORT -> announce("PORT ", DataAddress::port);
        };
    }

    /// Connects a data connection without saying anything on the control connection.
    public ProbeData connectData(InetSocketAddress target) throws IOException {
        return connectData(target, settings.from());
    }

    /// Connects one from another address than the control connection's.
    public ProbeData connectData(InetSocketAddress target, InetAddress from) throws IOException {
        return ProbeData.connect(target, from, dataSecurity(), settings.timeout());
    }

    /// Listens on the control connection's own address without saying anything there.
    public ProbeData listenForData() throws IOException {
        return ProbeData.listen(localAddress().getAddress(), dataSecurity(), settings.timeout());
    }

    /// Returns the address that a 227 or 229 reply names.
    public InetSocketAddress passiveAddress(Reply reply) {
        return DataAddress.parse(reply, server.getAddress());
    }

    /// Uploads and ends in order. `command` is the whole line, for example `STOR a`.
    public Transfer upload(String command, byte[] content) throws IOException {
        return upload(command, new ByteArrayInputStream(content), Ending.ORDERLY);
    }

    /// Uploads to the end of `content`, which stays open, and ends as told.
    public Transfer upload(String command, InputStream content, Ending ending) throws IOException {
        if (ending == Ending.NONE || ending == Ending.CLOSE_NOTIFY_ONLY) {
            throw new IllegalArgumentException("use openData(): no reply may come after " + ending);
        }
        return transfer(
                command,
                (data, cargo) -> {
                    byte[] chunk = new byte[16 * 1024];
                    for (int n = content.read(chunk); n >= 0; n = content.read(chunk)) {
                        data.write(chunk, 0, n);
                        cargo.add(n);
                    }
                    data.finish(ending);
                });
    }

    /// Downloads into memory. For RETR as for LIST, NLST and MLSD.
    public Download download(String command) throws IOException {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        Transfer transfer = download(command, content);
        return new Download(content.toByteArray(), transfer);
    }

    /// Downloads to the end of the stream, and answers the server's end in order.
    public Transfer download(String command, OutputStream sink) throws IOException {
        return transfer(
                command,
                (data, cargo) -> {
                    byte[] chunk = new byte[16 * 1024];
                    Duration timeout = settings.timeout();
                    for (int n = data.read(chunk, timeout); n >= 0; n = data.read(chunk, timeout)) {
                        sink.write(chunk, 0, n);
                        cargo.add(n);
                    }
                    answerEnd(data);
                });
    }

    /// Ends the probe's half of the control connection.
    public ProbeClient finish(Ending ending) throws IOException {
        conversation.note("client: " + ending);
        stream.finish(ending);
        return this;
    }

    /// Returns what the control connection's handshake settled.
    public Optional<TlsFacts> tls() {
        return stream.tls();
    }

    /// Returns the control connection itself, for tests below the level of replies.
    public ProbeStream stream() {
        return stream;
    }

    public InetSocketAddress localAddress() {
        return wire.local();
    }

    public InetSocketAddress serverAddress() {
        return server;
    }

    /// Returns what was said so far, one line each.
    public String conversation() {
        return conversation.toString();
    }

    /// Closes the socket without another word; unread bytes make it an RST.
    @Override
    public void close() throws IOException {
        wire.close();
    }

    private int fill(Deadline deadline) throws IOException {
        int count = stream.read(buffer, deadline.remaining()); // blocks
        bufferStart = 0;
        bufferEnd = Math.max(0, count);
        return count;
    }

    private byte[] unread() {
        return Arrays.copyOfRange(buffer, bufferStart, bufferEnd);
    }

    private ProbeData announce(String verb, Function<InetSocketAddress, String> argument)
            throws IOException {
        ProbeData data = listenForData();
        try {
            send(verb + argument.apply(data.localAddress())).expect(200);
            return data;
        } catch (IOException | RuntimeException | AssertionError failure) {
            data.close();
            throw failure;
        }
    }

    private ProbeData.Security dataSecurity() {
        return switch (plan.protection()) {
            case DataProtection.Clear() -> (data, _) -> new ProbePlain(data);
            case DataProtection.SameSession() -> secureBy(sessions, this, settings.tls());
            case DataProtection.SameSessionAs(TlsChoice choice) -> secureBy(sessions, this, choice);
            case DataProtection.SessionOf(ProbeClient other) ->
                    secureBy(other.sessions, other, other.settings.tls());
            case DataProtection.FreshSession(TlsChoice choice) ->
                    secureBy(TlsSessions.fresh(choice), this, choice);
        };
    }

    /// The key of JSSE's session cache is the address of the control connection.
    private static ProbeData.Security secureBy(
            TlsSessions sessions, ProbeClient owner, TlsChoice choice) {
        String host = owner.hostText();
        int port = owner.server.getPort();
        return (data, deadline) ->
                ProbeTls.handshake(data, sessions.engine(host, port, choice), sessions, deadline);
    }

    private String hostText() {
        return server.getAddress().getHostAddress();
    }

    /// A server that has reset the connection, or ended it without reading, misses the answer.
    private static void answerEnd(ProbeStream stream) {
        try {
            stream.finish(Ending.ORDERLY);
        } catch (IOException _) {
            // The content is complete; how the server ended is what the outcome reports.
        }
    }

    private UnexpectedReply unexpected(String expected, Object received) {
        return new UnexpectedReply(expected, received.toString(), conversation.toString());
    }

    private Transfer transfer(String command, TransferRun.Mover mover) throws IOException {
        try (ProbeData data = openData()) {
            return new TransferRun(this, plan.handshakeTime(), data).run(command, mover);
        }
    }
}
