package io.sealane.core.session;

import io.sealane.core.data.DataOffer;
import io.sealane.core.data.DataPorts;
import io.sealane.core.data.Lingering;
import io.sealane.core.event.Event;
import io.sealane.core.limit.Watchdog;
import io.sealane.core.session.CurrentRun.Intent;
import io.sealane.core.session.Ending.Known;
import io.sealane.core.tls.Handshake;
import io.sealane.core.tls.HandshakeFailure;
import io.sealane.core.tls.PlainTransport;
import io.sealane.core.tls.SessionTls;
import io.sealane.core.tls.TlsException;
import io.sealane.core.transfer.Transfer;
import io.sealane.core.transfer.TransferResult;
import io.sealane.core.wire.AddressText;
import io.sealane.core.wire.CommandLine;
import io.sealane.core.wire.ControlLine;
import io.sealane.core.wire.OctetLine;
import io.sealane.core.wire.Reply;
import io.sealane.core.wire.Verb;
import io.sealane.core.work.WorkRun;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// One control connection from greeting to end. Its own thread, in [#run], reads one line when one
/// is wanted, lets the handler decide, and acts. Others bring news: ends of transfers and works,
/// the server's wishes, that the client is silent. Whoever has something to tell takes the turn,
/// and acts on it by itself; so nothing is handed from thread to thread, and one thing happens at a
/// time.
public final class ControlSession implements Transfer.Listener, WorkRun.Listener {
    /// Something that is told to the session. Has the turn while it acts.
    @FunctionalInterface
    private interface News {
        void act() throws IOException;
    }

    /// Wait for a client's end when the server stops: its last reply has left, and everybody waits.
    private static final Duration STOP_LINGER = Duration.ofMillis(300);

    /// Lines in a row that are no commands before the connection is closed. Old clients try a
    /// handful of commands to see what there is; scanners and other protocols send no end of them.
    private static final int FAULTS_IN_A_ROW_MAX = 32;

    private static final ByteBuffer NOTHING = ByteBuffer.allocateDirect(0);

    private final SessionSetup setup;
    private final SessionEvents events;
    private final CommandHandler handler;
    private final ControlChannel channel;
    private final ControlSecurity security;
    private final Silence silence;
    private final RunStarter starter;
    private volatile SessionSummary summary;

    /// Held by whoever acts, also while a reply leaves.
    private final ReentrantLock turn = new ReentrantLock();

    private final Condition changed = turn.newCondition();

    /// How the client's half ended, once it has.
    private volatile Ending wayToGo = Known.CLIENT_GONE;

    // Everything below belongs to whoever has the turn.
    private SessionState state;
    private NextLine nextLine = NextLine.UNWANTED;
    private Optional<Watchdog.Watch> patience = Optional.empty(); // none before the greeting
    private Optional<Watchdog.Watch> farewell = Optional.empty();
    private final CurrentRun run = new CurrentRun();

    /// What the last refused transfer command left; one is heard out at a time.
    private Optional<DataOffer> dismissed = Optional.empty();

    private final HeldLines held = new HeldLines();
    private boolean stopWanted;
    private int faultsInARow;
    private Optional<Ending> ending = Optional.empty(); // none while it goes on
    private Peer peer = Peer.THERE;

    private enum NextLine {
        UNWANTED,
        /// It is being read, or will be at once.
        WANTED
    }

    private enum Peer {
        THERE,
        /// Its half of the control connection has ended.
        GONE
    }

    public ControlSession(SessionSetup setup, InetAddress client, CommandHandler.Factory handlers) {
        this.setup = setup;
        this.events = new SessionEvents(setup.id(), setup.events());
        this.channel =
                new ControlChannel(
                        new PlainTransport(setup.channel(), setup.sniffed()),
                        setup.watchdog(),
                        setup.limits().stall());
        this.security = new ControlSecurity(setup, channel);
        this.silence = new Silence(setup.limits(), setup.watchdog().ticker());
        this.starter = new RunStarter(setup, this, AddressText.of(client));
        this.state = SessionState.Visitor.arriving(Link.inTheClear(setup.names()));
        this.channel.use(setup.names().current());
        this.summary =
                new SessionSummary(
                        setup.id(),
                        setup.listener(),
                        Optional.empty(),
                        client,
                        state.link().softwareInLog(),
                        Optional.empty());
        InetAddress local = setup.channel().socket().getLocalAddress();
        DataPorts.StandardPort dataPort =
                switch (setup.opening()) {
                    case IN_THE_CLEAR -> DataPorts.StandardPort.FTP_DATA;
                    case BY_TLS -> DataPorts.StandardPort.FTPS_DATA;
                };
        this.handler =
                handlers.create(
                        new DataPorts.Client(
                                setup.id(),
                                setup.listener(),
                                () -> summary.software(),
                                client,
                                local,
                                dataPort,
                                security,
                                Lingering.ofSession()),
                        setup);
    }

    /// The session as it stands. From any thread.
    public SessionSummary summary() {
        return summary;
    }

    /// TLS of its control connection, once there is some, that its data connections resume. From
    /// any thread.
    public Optional<SessionTls> tls() {
        return security.sessionTls();
    }

    /// Asks the session to end as soon as what it runs is over. From any thread.
    public void stop() {
        tellAside(this::stopWhenIdle);
    }

    /// Asks the session to end now. From any thread.
    public void stopNow() {
        tellAside(() -> {
            stopWhenIdle();
            run.abort();
        });
    }

    @Override
    public void ready(Transfer ready) {
        tell(() -> {
            say(Reply.openingData(ready.verb(), ready.path(), ready.storedOctets()));
            run.firstReplySaid();
            hearHeld();
        });
    }

    @Override
    public void ended(Transfer ended, TransferResult result) {
        tell(() -> runEnded(result.reply()));
    }

    @Override
    public void ended(WorkRun ended, Reply reply) {
        tell(() -> runEnded(reply));
    }

    /// Serves the connection until it ends. Blocks; owns everything the session has.
    public void run() {
        try {
            tell(this::begin);
            boolean isOpen = true;
            while (isOpen && isLineWanted()) {
                isOpen = read();
            }
            awaitEnding();
            while (isOpen) {
                isOpen = nextLine().isPresent(); // Nobody hears it any more.
            }
        } catch (RuntimeException | Error defect) {
            tell(() -> {
                throw defect;
            });
        } finally {
            release();
        }
    }

    /// Has the session act on something, once nobody else has the turn. Blocks, also while a reply
    /// leaves.
    private void tell(News news) {
        turn.lock();
        try {
            if (ending.isEmpty()) {
                act(news);
                changed.signal();
            }
        } finally {
            turn.unlock();
        }
    }

    /// For threads that many sessions share.
    private void tellAside(News news) {
        Thread.ofVirtual().name("ctl-" + setup.id() + "-news").start(() -> tell(news));
    }

    private void act(News news) {
        try {
            news.act();
            if (ending.isPresent()) {
                leave();
            } else if (!run.isThere()) { // What runs has its own limits.
                patience.ifPresent(watch -> watch.restart(silence.nextLook(state)));
            }
        } catch (IOException gone) {
            ending = ending.or(() -> Optional.of(Known.CONNECTION_BROKEN));
            channel.transport().close();
        } catch (RuntimeException | Error defect) {
            ending = Optional.of(Known.DEFECT);
            events.defect("session", defect);
            channel.transport().close();
        }
    }

    private void begin() throws IOException {
        if (setup.opening() == Event.Opening.BY_TLS) {
            state = SessionState.Visitor.arriving(Link.implicit(setup.names()));
            secureControl(setup.sniffed());
        }
        say(Reply.greeting(setup.product()));
        patience =
                Optional.of(
                        setup.watchdog()
                                .watch(silence.nextLook(state), () -> tellAside(this::silent)));
        if (stopWanted) {
            leaveForStop();
        } else {
            askNext();
        }
    }

    /// Waits until a line is wanted. Blocks.
    ///
    /// @return false when the session ends
    private boolean isLineWanted() {
        turn.lock();
        try {
            while (ending.isEmpty() && nextLine == NextLine.UNWANTED) {
                changed.awaitUninterruptibly();
            }
            return ending.isEmpty();
        } finally {
            turn.unlock();
        }
    }

    /// Waits for the end of what runs, where the client's half has ended before. Blocks.
    private void awaitEnding() {
        turn.lock();
        try {
            while (ending.isEmpty()) {
                changed.awaitUninterruptibly();
            }
        } finally {
            turn.unlock();
        }
    }

    /// @return false when the client's half has ended
    private boolean read() {
        Optional<OctetLine> line = nextLine(); // blocks
        tell(() -> {
            nextLine = NextLine.UNWANTED;
            if (line.isPresent()) {
                heard(line.get());
            } else {
                controlEnded();
            }
        });
        return line.isPresent();
    }

    /// @return empty when the client's half has ended, in whatever way
    private Optional<OctetLine> nextLine() {
        try {
            return channel.readLine(); // blocks
        } catch (TlsException broken) {
            wayToGo = Known.TLS_ERROR;
            return Optional.empty();
        } catch (IOException broken) {
            return Optional.empty();
        }
    }

    /// Whether the client has sent more than the line that is answered now, or may have: somebody
    /// reads.
    private boolean isSendingAhead() {
        return isReadingAhead() || channel.hasMore();
    }

    private boolean isReadingAhead() {
        return nextLine == NextLine.WANTED || !held.isEmpty();
    }

    private void heard(OctetLine octets) throws IOException {
        ControlLine line = read(octets);
        if (!(line instanceof ControlLine.Empty)) {
            silence.broken();
        }
        boolean isInLine = !held.isEmpty() && !(line instanceof ControlLine.Empty);
        if (isInLine || run.holdsUp(line)) {
            hold(octets);
        } else {
            answerTo(line);
        }
    }

    /// What a line says by now.
    private ControlLine read(OctetLine octets) {
        return octets.read(state.link().names().current());
    }

    /// Keeps a line until its turn comes. ABOR has its effect at once, and its reply in its turn.
    private void hold(OctetLine line) {
        held.add(line);
        if (isOf(line, Verb.ABOR)) {
            run.abort();
        }
        askNext();
    }

    private boolean isOf(OctetLine octets, Verb verb) {
        return read(octets) instanceof ControlLine.Command(CommandLine command)
                && command.verb() == verb;
    }

    /// Wants one line more, or the news that there is none.
    private void askNext() {
        if (held.hasRoom()) {
            nextLine = NextLine.WANTED;
        }
    }

    private void answerTo(ControlLine line) throws IOException {
        switch (line) {
            case ControlLine.Empty() -> askNext();
            case ControlLine.Unknown(String verb) -> faulty(verb, Reply.UNKNOWN_COMMAND);
            case ControlLine.Malformed(ControlLine.Fault fault) ->
                    faulty("-", Reply.malformed(fault));
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
            ending = Optional.of(Known.TOO_MANY_FAULTS);
            return;
        }
        events.refused(shown, reply);
        answer(reply);
    }

    /// Answers what was held, as far as nothing runs that it would have to wait for.
    private void hearHeld() throws IOException {
        while (ending.isEmpty()
                && held.next().filter(line -> !run.holdsUp(read(line))).isPresent()) {
            answerTo(read(held.take()));
        }
    }

    private void commanded(CommandLine command) throws IOException {
        Outcome outcome = decide(command);
        adopt(outcome);
        switch (outcome) {
            case Outcome.Said(Reply reply, SessionState next) -> {
                events.answered(command, reply);
                answer(reply);
            }
            case Outcome.Moved moved -> begin(starter.transfer(command, moved, state));
            case Outcome.Worked worked -> begin(starter.work(command, worked));
            case Outcome.Secured(Reply reply, SessionState next) -> secure(command, reply);
            case Outcome.Cleared(Reply reply, SessionState next) -> {
                events.answered(command, reply);
                clear(reply);
            }
            case Outcome.Aborted(SessionState next) -> abort(command);
            case Outcome.Described(SessionState next) -> {
                Reply status = describe();
                events.answered(command, status);
                answer(status);
            }
            case Outcome.Left(Reply reply, Ending reason, SessionState next) -> {
                events.answered(command, reply);
                say(reply);
                ending = Optional.of(reason);
            }
        }
    }

    /// Asks the handler. A defect in it costs the command, not the session.
    private Outcome decide(CommandLine command) {
        try {
            return alone(command, handler.handle(command, state, run.occupation()));
        } catch (RuntimeException defect) {
            return Outcome.say(Reply.defect(events.defect(command.verb().name(), defect)), state);
        }
    }

    /// What begins or ends TLS is refused if it had to wait, since what comes behind it is read
    /// already; and the end also if anything was sent behind it: that came under TLS, and its reply
    /// would not.
    private Outcome alone(CommandLine command, Outcome outcome) {
        boolean changesTls =
                outcome instanceof Outcome.Secured || outcome instanceof Outcome.Cleared;
        if (changesTls && isReadingAhead()) {
            return Outcome.say(Reply.hadToWait(command.verb()), state);
        }
        boolean isFollowed = outcome instanceof Outcome.Cleared && channel.hasMore();
        return isFollowed ? Outcome.say(Reply.CCC_PIPELINED, state) : outcome;
    }

    /// Goes over to the next state. An offer that it no longer holds is closed, unless a transfer
    /// took it.
    private void adopt(Outcome outcome) throws IOException {
        Optional<DataOffer> old = state.offer();
        if (state instanceof SessionState.Member
                && outcome.state() instanceof SessionState.Visitor) {
            silence.startedAnew(); // REIN, AUTH: a new login has as long as the first.
            setup.permit().leaveUser();
        }
        state = outcome.state();
        channel.use(state.link().names().current());
        summarize();
        if (state.offer().isPresent() && !old.equals(state.offer())) {
            channel.offerTicket(); // The data connection to come resumes with it.
        }
        if (old.isEmpty() || old.equals(state.offer()) || outcome instanceof Outcome.Moved) {
            return;
        }
        if (outcome instanceof Outcome.Said && state.offer().isEmpty()) {
            dismissed.ifPresent(DataOffer::close);
            dismissed = old;
            old.get().dismiss();
        } else {
            old.get().close();
        }
    }

    private void begin(Running next) {
        run.begin(next);
        summarize();
        next.start();
        askNext();
    }

    private void runEnded(Reply reply) throws IOException {
        if (run.running().orElse(null)
                instanceof Running.Working(WorkRun work, CommandLine command)) {
            events.answered(command, reply); // A transfer has an event of its own.
        }
        Intent intent = run.ended();
        summarize();
        silence.broken();
        if (intent == Intent.END) {
            ending = Optional.of(wayToGo);
            return;
        }
        say(reply);
        if (intent == Intent.ANSWER_ABOR) {
            answer(Reply.ABORTED);
        }
        if (stopWanted) {
            leaveForStop();
        } else {
            hearHeld();
        }
    }

    private void abort(CommandLine command) throws IOException {
        if (run.isThere()) {
            events.answered(command, Reply.ABORTED);
            run.abortAndAnswer();
        } else {
            events.answered(command, Reply.NO_TRANSFER_TO_ABORT);
            answer(Reply.NO_TRANSFER_TO_ABORT);
        }
    }

    private void stopWhenIdle() throws IOException {
        if (!run.isThere() && patience.isPresent()) {
            leaveForStop();
        } else {
            stopWanted = true;
        }
    }

    private void leaveForStop() throws IOException {
        say(Reply.SERVER_STOPPING);
        ending = Optional.of(Known.SERVER_STOPPING);
    }

    private void controlEnded() {
        peer = Peer.GONE;
        if (!run.isThere()) {
            ending = Optional.of(wayToGo);
            return;
        }
        if (held.last().filter(line -> isOf(line, Verb.QUIT)).isPresent()) {
            return; // It has all said, and its transfer may end.
        }
        run.controlGone();
    }

    private void refuseClientHello() throws IOException {
        if (state.link().protection().controlByTls()) {
            faulty("-", Reply.LINE_CONTROL_CHARACTER);
            return;
        }
        channel.writeTlsAlert();
        refuseProtocol(Known.TLS_ON_EXPLICIT_PORT);
    }

    private void refuseHttp() throws IOException {
        say(Reply.NO_WEB_SERVER);
        refuseProtocol(Known.HTTP_ON_FTP_PORT);
    }

    private void refuseProtocol(Ending reason) {
        events.wrongMode(setup.listener(), clientAddress(), reason);
        ending = Optional.of(reason);
    }

    private void secure(CommandLine command, Reply reply) throws IOException {
        // Security: what arrived behind AUTH in the clear must never be taken for protected
        // (plaintext command injection).
        if (isSendingAhead()) {
            events.answered(command, Reply.AUTH_PIPELINED);
            say(Reply.AUTH_PIPELINED);
            ending = Optional.of(Known.BYTES_BEHIND_AUTH);
            return;
        }
        events.answered(command, reply);
        say(reply);
        secureControl(NOTHING.duplicate());
        askNext();
    }

    private void clear(Reply reply) throws IOException {
        channel.offerTicket();
        say(reply);
        security.leave(
                switch (state) {
                    case SessionState.Visitor _ -> List.of();
                    case SessionState.Member member -> member.demands();
                });
        events.cleared();
        askNext();
    }

    private void secureControl(ByteBuffer sniffed) throws IOException {
        try {
            Handshake done = security.begin(state.link().softwareInLog(), sniffed);
            Link link = state.link();
            state =
                    state.withLink(
                            link.withProtection(link.protection().negotiated(done))
                                    .speaking(security.applicationProtocols()));
        } catch (HandshakeFailure failed) {
            ending = Optional.of(new Ending.HandshakeFailed(failed.code()));
            throw failed;
        }
    }

    private void silent() throws IOException {
        if (run.isThere()) {
            return; // It was heard meanwhile.
        }
        if (silence.left(state).isPositive()) {
            Optional<Outcome.Left> end = handler.lookAfter(state); // blocks
            if (end.isPresent()) {
                say(end.get().reply());
                ending = Optional.of(end.get().ending());
            }
            return;
        }
        Silence.Verdict verdict = silence.verdict(state);
        say(verdict.reply());
        ending = Optional.of(verdict.ending());
    }

    /// Ends the conversation so that the client sees our last reply: close_notify and FIN first,
    /// then a bounded wait for its own end, while what it still says is read away.
    private void leave() throws IOException {
        closeOffer();
        setup.permit().close();
        channel.closeOutput();
        if (peer == Peer.THERE) {
            boolean stopping = ending.equals(Optional.of(Known.SERVER_STOPPING));
            Duration linger = stopping ? STOP_LINGER : setup.limits().linger();
            farewell = Optional.of(setup.watchdog().watch(linger, channel.transport()::close));
        }
    }

    private void closeOffer() {
        state.offer().ifPresent(DataOffer::close);
    }

    private void release() {
        turn.lock();
        try {
            run.abort();
            closeOffer();
            dismissed.ifPresent(DataOffer::close);
            channel.transport().close();
            security.close();
            patience.ifPresent(Watchdog.Watch::close);
            farewell.ifPresent(Watchdog.Watch::close);
            setup.permit().close();
            events.closed(
                    ending.orElse(Known.DEFECT),
                    silence.sinceStart(),
                    state.link().softwareInLog());
        } finally {
            turn.unlock();
        }
    }

    /// Says a reply and wants the next line.
    private void answer(Reply reply) throws IOException {
        say(reply);
        askNext();
    }

    private void say(Reply reply) throws IOException {
        channel.write(reply);
    }

    private void summarize() {
        Optional<String> activity = run.running().map(now -> now.verb() + " " + now.path());
        summary =
                new SessionSummary(
                        setup.id(),
                        setup.listener(),
                        state.user(),
                        summary.client(),
                        state.link().softwareInLog(),
                        activity);
    }

    private Reply describe() {
        return StatusReport.of(state, run.running(), clientAddress());
    }

    private String clientAddress() {
        return AddressText.of(setup.channel().socket().getInetAddress());
    }
}
