package io.sealane.core.session;

import io.sealane.core.data.DataOffer;
import io.sealane.core.data.DataPorts;
import io.sealane.core.data.DataSecurity;
import io.sealane.core.event.Event;
import io.sealane.core.event.EventSink;
import io.sealane.core.limit.BufferPool;
import io.sealane.core.limit.Limits;
import io.sealane.core.limit.SessionPermits;
import io.sealane.core.limit.Watchdog;
import io.sealane.core.tls.Handshake;
import io.sealane.core.tls.PlainTransport;
import io.sealane.core.tls.SessionTls;
import io.sealane.core.tls.TlsPolicy;
import io.sealane.core.tls.TlsSource;
import io.sealane.core.tls.TlsTransport;
import io.sealane.core.transfer.Transfer;
import io.sealane.core.transfer.TransferResult;
import io.sealane.core.wire.AddressText;
import io.sealane.core.wire.CommandLine;
import io.sealane.core.wire.ControlLine;
import io.sealane.core.wire.Reply;
import io.sealane.core.wire.Verb;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/// One control connection from greeting to end. [#run] is its owner thread: it takes lines, ends of
/// transfers and the server's wishes from one inbox, lets the handler decide, and acts. Only
/// [#stop], [#stopNow], and the listener it is of its transfers are called from other threads; they
/// post into the inbox.
public final class ControlSession implements Transfer.Listener {
    /// What a session is made of.
    ///
    /// @param id unique within the process, for logs and thread names
    /// @param opening how the conversation begins
    /// @param sniffed octets that were read to find that out
    /// @param permit its place among the sessions, given back when it ends
    public record Setup(
            String id,
            String listener,
            SocketChannel channel,
            Opening opening,
            ByteBuffer sniffed,
            TlsPolicy policy,
            TlsSource tls,
            Limits limits,
            Watchdog watchdog,
            BufferPool buffers,
            EventSink events,
            SessionPermits.Permit permit,
            String product) {}

    /// How a conversation begins.
    public enum Opening {
        IN_THE_CLEAR,
        BY_TLS
    }

    /// Makes the handler that decides for one session.
    @FunctionalInterface
    public interface HandlerFactory {
        CommandHandler create(DataPorts.Client client, Setup setup);
    }

    /// unexpected_message, fatal, in a record of its own (RFC 8446 section 6): what a client that
    /// speaks TLS too early understands.
    private static final byte[] TLS_ALERT = {0x15, 0x03, 0x01, 0x00, 0x02, 0x02, 0x0A};

    private static final String SERVER_STOPPING = "server-stopping";

    /// Wait for a client's end when the server stops: its last reply has left, and everybody waits.
    private static final Duration STOP_LINGER = Duration.ofMillis(300);

    /// Lines in a row that are no commands before the connection is closed. Old clients try a
    /// handful of commands to see what there is; scanners and other protocols send no end of them.
    private static final int FAULTS_IN_A_ROW_MAX = 32;

    private static final ByteBuffer NOTHING = ByteBuffer.allocateDirect(0);

    private final Setup setup;
    private final CommandHandler handler;
    private final ControlChannel channel;
    private final Inbox inbox = new Inbox();
    private final ControlReader reader;
    private final long startedNanos = System.nanoTime();

    private volatile @Nullable SessionTls sessionTls;
    private volatile SessionSummary summary;

    // Everything below belongs to the owner thread.
    private SessionState state = SessionState.Visitor.arriving(Link.inTheClear());
    private @Nullable Transfer transfer;
    private Optional<CommandLine> held = Optional.empty();
    private Intent afterTransfer = Intent.GO_ON;
    private long lastHeardNanos = startedNanos;
    private long visitorSinceNanos = startedNanos;
    private long transfers;
    private int faultsInARow;
    private String ending = "";
    private Peer peer = Peer.THERE;

    private enum Peer {
        THERE,
        /// Its half of the control connection has ended.
        GONE
    }

    /// What is to happen once the running transfer has ended.
    private enum Intent {
        GO_ON,
        ANSWER_ABOR,
        STOP,
        END
    }

    public ControlSession(Setup setup, InetAddress client, HandlerFactory handlers) {
        this.setup = setup;
        this.channel =
                new ControlChannel(
                        new PlainTransport(setup.channel(), setup.sniffed()),
                        setup.watchdog(),
                        setup.limits().stall());
        this.reader = new ControlReader(channel, inbox);
        this.summary = new SessionSummary(setup.id(), Optional.empty(), client, Optional.empty());
        DataSecurity security = () -> Optional.ofNullable(sessionTls);
        InetAddress local = setup.channel().socket().getLocalAddress();
        this.handler =
                handlers.create(new DataPorts.Client(setup.id(), client, local, security), setup);
    }

    /// The session as it stands. From any thread.
    public SessionSummary summary() {
        return summary;
    }

    /// Asks the session to end as soon as its transfer is over. From any thread.
    public void stop() {
        inbox.post(new Message.Stop());
    }

    /// Asks the session to end now. From any thread.
    public void stopNow() {
        inbox.post(new Message.StopNow());
    }

    @Override
    public void ready(Transfer ready) {
        inbox.post(new Message.TransferReady(ready));
    }

    @Override
    public void ended(Transfer ended, TransferResult result) {
        inbox.post(new Message.TransferEnded(ended, result));
    }

    /// Serves the connection until it ends. Blocks; owns everything the session has.
    public void run() {
        Thread readerThread = null;
        try {
            if (setup.opening() == Opening.BY_TLS) {
                secureControl(setup.sniffed());
                state = SessionState.Visitor.arriving(Link.implicit());
            }
            readerThread = reader.start("ctl-" + setup.id() + "-reader");
            say(Reply.greeting(setup.product()));
            reader.ask();
            converse();
            closeOffer();
            setup.permit().close();
            closeInOrder();
        } catch (IOException gone) {
            ending = ending.isEmpty() ? "connection-broken" : ending;
        } catch (InterruptedException interrupted) {
            ending = "interrupted";
        } catch (RuntimeException | Error defect) {
            ending = "defect";
            report("session", defect);
        } finally {
            release(readerThread);
        }
    }

    private void converse() throws IOException, InterruptedException {
        while (ending.isEmpty()) {
            Optional<Message> message = inbox.take(patience());
            if (message.isEmpty()) {
                timedOut();
                continue;
            }
            switch (message.get()) {
                case Message.Line(ControlLine line) -> heard(line);
                case Message.ControlEnded(String cause) -> controlEnded();
                case Message.TransferReady(Transfer ready) ->
                        say(Reply.openingData(ready.verb(), ready.path()));
                case Message.TransferEnded(Transfer ended, TransferResult result) ->
                        transferEnded(result);
                case Message.Stop() -> stopWhenIdle();
                case Message.StopNow() -> {
                    stopWhenIdle();
                    abortTransfer();
                }
            }
        }
    }

    private void heard(ControlLine line) throws IOException {
        lastHeardNanos = System.nanoTime();
        switch (line) {
            case ControlLine.Empty() -> reader.ask();
            case ControlLine.Unknown(String verb) -> faulty(verb, Reply.UNKNOWN_COMMAND);
            case ControlLine.Malformed(ControlLine.Fault fault) -> faulty("-", replyTo(fault));
            case ControlLine.ClientHello() -> refuseClientHello();
            case ControlLine.HttpRequest() -> refuseHttp();
            case ControlLine.Command(CommandLine command) -> {
                faultsInARow = 0;
                commanded(command);
            }
        }
    }

    /// Answers a line that is no command. Who sends many of them in a row speaks something else.
    private void faulty(String shown, Reply reply) throws IOException {
        faultsInARow++;
        if (faultsInARow > FAULTS_IN_A_ROW_MAX) {
            say(Reply.TOO_MANY_FAULTS);
            ending = "too-many-faults";
            return;
        }
        setup.events().accept(new Event.CommandRefused(setup.id(), shown, reply.toString()));
        answer(reply);
    }

    private void commanded(CommandLine command) throws IOException {
        boolean mustWait =
                transfer != null && command.verb().duringTransfer() == Verb.DuringTransfer.HELD;
        if (mustWait) {
            held = Optional.of(command); // The next line is asked for when this one was answered.
            return;
        }
        Outcome outcome = decide(command);
        adopt(outcome);
        switch (outcome) {
            case Outcome.Said(Reply reply, SessionState next) -> {
                note(command, reply);
                answer(reply);
            }
            case Outcome.Moved moved -> begin(command.verb(), moved);
            case Outcome.Secured(Reply reply, SessionState next) -> secure(reply);
            case Outcome.Aborted(SessionState next) -> abort();
            case Outcome.Described(SessionState next) -> answer(describe());
            case Outcome.Left(Reply reply, String reason, SessionState next) -> {
                say(reply);
                ending = reason;
            }
        }
    }

    /// Asks the handler. A defect in it costs the command, not the session.
    private Outcome decide(CommandLine command) {
        try {
            return handler.handle(command, state);
        } catch (RuntimeException defect) {
            return Outcome.say(Reply.defect(report(command.verb().name(), defect)), state);
        }
    }

    /// Goes over to the next state. An offer that it no longer holds is closed, unless a transfer
    /// took it.
    private void adopt(Outcome outcome) throws IOException {
        Optional<DataOffer> old = state.offer();
        if (state instanceof SessionState.Member
                && outcome.state() instanceof SessionState.Visitor) {
            visitorSinceNanos = System.nanoTime(); // REIN: a new login has as long as the first.
        }
        state = outcome.state();
        summarize();
        if (state.offer().isPresent() && !old.equals(state.offer())) {
            channel.offerTicket(); // The data connection to come resumes with it.
        }
        if (old.isEmpty() || old.equals(state.offer()) || outcome instanceof Outcome.Moved) {
            return;
        }
        old.get().close();
    }

    private void begin(Verb verb, Outcome.Moved moved) {
        transfers++;
        String user =
                switch (state) {
                    case SessionState.Visitor visitor -> "-";
                    case SessionState.Member member -> member.account().name().text();
                };
        transfer =
                new Transfer(
                        moved.plan(),
                        moved.offer(),
                        verb,
                        moved.path(),
                        new Transfer.Surroundings(
                                setup.id(),
                                user,
                                "transfer-" + setup.id() + "-" + transfers,
                                setup.policy(),
                                setup.limits(),
                                setup.watchdog(),
                                setup.buffers(),
                                setup.events()),
                        this);
        summarize();
        transfer.start();
        reader.ask();
    }

    private void transferEnded(TransferResult result) throws IOException {
        transfer = null;
        summarize();
        lastHeardNanos = System.nanoTime();
        Intent intent = afterTransfer;
        afterTransfer = Intent.GO_ON;
        if (intent == Intent.END) {
            ending = "client-gone";
            return;
        }
        say(result.reply());
        switch (intent) {
            case GO_ON -> {
                Optional<CommandLine> next = held;
                held = Optional.empty();
                if (next.isPresent()) {
                    commanded(next.get());
                }
            }
            case ANSWER_ABOR -> answer(Reply.ABORTED);
            case STOP -> leaveForStop();
            case END -> throw new IllegalStateException("handled above");
        }
    }

    private void abort() throws IOException {
        if (transfer == null) {
            answer(Reply.NO_TRANSFER_TO_ABORT);
            return;
        }
        afterTransfer = Intent.ANSWER_ABOR;
        abortTransfer();
    }

    private void abortTransfer() {
        if (transfer != null) {
            transfer.abort();
        }
    }

    private void stopWhenIdle() throws IOException {
        if (transfer == null) {
            leaveForStop();
        } else {
            afterTransfer = Intent.STOP;
        }
    }

    private void leaveForStop() throws IOException {
        say(Reply.SERVER_STOPPING);
        ending = SERVER_STOPPING;
    }

    private void controlEnded() {
        peer = Peer.GONE;
        if (transfer == null) {
            ending = "client-gone";
            return;
        }
        afterTransfer = Intent.END;
        transfer.controlGone();
    }

    private void refuseClientHello() throws IOException {
        if (state.link().protection().controlByTls()) {
            answer(Reply.LINE_CONTROL_CHARACTER);
            return;
        }
        channel.writeOctets(TLS_ALERT);
        refuseProtocol("tls-on-explicit-port");
    }

    private void refuseHttp() throws IOException {
        say(Reply.NO_WEB_SERVER);
        refuseProtocol("http-on-ftp-port");
    }

    private void refuseProtocol(String reason) {
        setup.events()
                .accept(new Event.WrongMode(setup.id(), setup.listener(), clientAddress(), reason));
        ending = reason;
    }

    private void secure(Reply reply) throws IOException {
        // Security: what arrived behind AUTH in the clear must never be taken for protected
        // (plaintext command injection).
        if (channel.hasMore()) {
            say(Reply.AUTH_PIPELINED);
            ending = "bytes-behind-auth";
            return;
        }
        say(reply);
        secureControl(NOTHING.duplicate());
        reader.ask();
    }

    private void secureControl(ByteBuffer sniffed) throws IOException {
        SessionTls tls = setup.tls().newSession();
        sessionTls = tls;
        TlsTransport transport =
                TlsTransport.control(setup.channel(), tls, sniffed, setup.buffers());
        channel.switchTo(transport);
        try (Watchdog.Watch watch =
                setup.watchdog().watch(setup.limits().handshake(), transport::close)) {
            try {
                transport.handshake(); // blocks
            } catch (IOException failed) {
                ending = watch.expired() ? "handshake-timeout" : "handshake-failed";
                String cause = watch.expired() ? ending : String.valueOf(failed.getMessage());
                setup.events().accept(new Event.HandshakeFailed(setup.id(), "control", cause));
                throw failed;
            }
        }
        Handshake done = transport.negotiated();
        setup.events()
                .accept(
                        new Event.ControlSecured(
                                setup.id(),
                                done.version(),
                                done.cipher(),
                                done.resumed() ? "yes" : "no"));
    }

    /// How long to wait for the next message.
    private Duration patience() {
        if (transfer != null) {
            return setup.limits().idle(); // The transfer has its own limits.
        }
        Duration left = limit().minusNanos(System.nanoTime() - since());
        return left.isNegative() ? Duration.ZERO : left;
    }

    private Duration limit() {
        return switch (state) {
            case SessionState.Visitor visitor -> setup.limits().login();
            case SessionState.Member member ->
                    member.settings().idle().orElse(setup.limits().idle());
        };
    }

    private long since() {
        return switch (state) {
            case SessionState.Visitor visitor -> visitorSinceNanos;
            case SessionState.Member member -> lastHeardNanos;
        };
    }

    private void timedOut() throws IOException {
        if (transfer != null) {
            return;
        }
        switch (state) {
            case SessionState.Visitor visitor -> {
                say(Reply.loginTooSlow(words(setup.limits().login())));
                ending = "login-timeout";
            }
            case SessionState.Member member -> {
                say(Reply.idleTooLong(words(limit())));
                ending = "idle-timeout";
            }
        }
    }

    private static String words(Duration limit) {
        return limit.toSeconds() + " seconds";
    }

    /// Ends the conversation so that the client sees our last reply: close_notify and FIN first,
    /// then a bounded wait for its own end.
    private void closeInOrder() throws IOException, InterruptedException {
        channel.closeOutput();
        if (peer == Peer.GONE) {
            return;
        }
        boolean stopping = ending.equals(SERVER_STOPPING);
        Duration linger = stopping ? STOP_LINGER : setup.limits().linger();
        long deadline = System.nanoTime() + linger.toNanos();
        reader.ask();
        while (deadline - System.nanoTime() > 0) {
            Optional<Message> message = inbox.take(Duration.ofNanos(deadline - System.nanoTime()));
            if (message.isEmpty() || message.get() instanceof Message.ControlEnded) {
                return;
            }
            reader.ask();
        }
    }

    private void closeOffer() {
        state.offer().ifPresent(DataOffer::close);
    }

    private void release(@Nullable Thread readerThread) {
        if (transfer != null) {
            transfer.abort();
        }
        closeOffer();
        channel.transport().close();
        SessionTls tls = sessionTls;
        if (tls != null) {
            tls.close();
        }
        if (readerThread != null) {
            readerThread.interrupt();
        }
        setup.permit().close();
        setup.events()
                .accept(
                        new Event.SessionClosed(
                                setup.id(),
                                ending,
                                Duration.ofNanos(System.nanoTime() - startedNanos)));
    }

    private String report(String during, Throwable defect) {
        String incident = Long.toHexString(ThreadLocalRandom.current().nextLong() >>> 24);
        setup.events().accept(new Event.Defect(setup.id(), incident, during, defect));
        return incident;
    }

    /// Says a reply and wants the next line.
    private void answer(Reply reply) throws IOException {
        say(reply);
        reader.ask();
    }

    private void say(Reply reply) throws IOException {
        channel.write(reply);
    }

    private void note(CommandLine command, Reply reply) {
        setup.events()
                .accept(
                        reply.code() < 400
                                ? new Event.CommandServed(
                                        setup.id(), command.printable(), reply.toString())
                                : new Event.CommandRefused(
                                        setup.id(), command.printable(), reply.toString()));
    }

    private void summarize() {
        Optional<String> user =
                switch (state) {
                    case SessionState.Visitor visitor -> Optional.empty();
                    case SessionState.Member member -> Optional.of(member.account().name().text());
                };
        Optional<String> activity =
                Optional.ofNullable(transfer).map(moving -> moving.verb() + " " + moving.path());
        summary = new SessionSummary(setup.id(), user, summary.client(), activity);
    }

    private Reply describe() {
        return StatusReport.of(state, Optional.ofNullable(transfer), clientAddress());
    }

    private String clientAddress() {
        return AddressText.of(setup.channel().socket().getInetAddress());
    }

    private static Reply replyTo(ControlLine.Fault fault) {
        return switch (fault) {
            case TOO_LONG -> Reply.LINE_TOO_LONG;
            case CONTROL_CHARACTER -> Reply.LINE_CONTROL_CHARACTER;
            case NOT_UTF8 -> Reply.LINE_NOT_UTF8;
        };
    }
}
