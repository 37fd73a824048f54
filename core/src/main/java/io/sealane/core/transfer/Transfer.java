package io.sealane.core.transfer;

import io.sealane.core.data.DataConnection;
import io.sealane.core.data.DataConnectionException;
import io.sealane.core.data.DataOffer;
import io.sealane.core.data.DataOffer.Direction;
import io.sealane.core.event.Event;
import io.sealane.core.event.EventSink;
import io.sealane.core.limit.BufferPool;
import io.sealane.core.limit.Limits;
import io.sealane.core.limit.Ticker;
import io.sealane.core.limit.Watchdog;
import io.sealane.core.tls.EffectivePolicy;
import io.sealane.core.tls.Handshake;
import io.sealane.core.tls.PolicyRule;
import io.sealane.core.tls.PolicyTrial;
import io.sealane.core.tls.SessionBinding;
import io.sealane.core.tls.SessionProof;
import io.sealane.core.tls.StreamEnd;
import io.sealane.core.tls.TlsException;
import io.sealane.core.tls.TlsFacts;
import io.sealane.core.tls.TlsPolicy;
import io.sealane.core.tls.UploadEnd;
import io.sealane.core.transfer.TransferResult.Broken;
import io.sealane.core.transfer.TransferResult.Cause;
import io.sealane.core.transfer.TransferResult.Lack;
import io.sealane.core.wire.Verb;
import io.sealane.vfs.StorageException;
import java.io.IOException;
import java.nio.channels.AsynchronousCloseException;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// One transfer, on a virtual thread of its own: gets the data connection, moves the bytes, ends
/// the connection, publishes an upload, and tells its session. [#abort] and [#controlGone] may come
/// from any thread at any time.
public final class Transfer {
    /// What a transfer runs in.
    ///
    /// @param session id for the log, as are the next four
    /// @param software what the client says it is, or `-`
    /// @param name of the thread and in the log
    /// @param trial of a stricter policy
    public record Surroundings(
            String session,
            String listener,
            String user,
            String client,
            String software,
            String name,
            EffectivePolicy policy,
            PolicyTrial trial,
            Limits limits,
            Watchdog watchdog,
            BufferPool buffers,
            EventSink events) {}

    /// Whom the transfer tells. Called on the transfer's thread, in this order, each at most once.
    public interface Listener {
        /// The preliminary reply is due.
        void ready(Transfer transfer);

        /// All is over, and an upload published or not: the final reply is due.
        void ended(Transfer transfer, TransferResult result);
    }

    /// How long the end of a clear upload waits for news of the control connection: an eighth of
    /// the time the upload took, at most this. The kernel of a client that is killed ends both
    /// connections, control first, but here two threads have to notice that.
    private static final long CONTROL_END_GRACE_NANOS_MAX = 20_000_000;

    /// How far a refusal goes ahead of the end of its data connection, so that a client sees it
    /// first.
    private static final long REPLY_AHEAD_NANOS = 100_000_000;

    /// In the log: an upload by TLS whose end no close_notify vouches for.
    private static final String UNCLEAN = "unclean";

    private final TransferPlan plan;
    private final DataOffer offer;
    private final Verb verb;
    private final String path;
    private final Surroundings surroundings;
    private final Listener listener;
    private final Progress progress = new Progress();
    private final Ticker ticker;
    private final long startedNanos;

    /// Guards the two fields below; never held during I/O.
    private final ReentrantLock lock = new ReentrantLock();

    private @Nullable DataConnection connection;
    private @Nullable Cause interruption;

    private volatile boolean controlGone;
    private Optional<TlsFacts> tls = Optional.empty();
    private SessionProof proof = SessionProof.NOTHING;
    private Event.DataProtection unprotected = Event.DataProtection.NONE;
    private String peerEnd = "-";
    private String peerEof = "-";
    private boolean isConnected;
    private boolean isConcluded;

    public Transfer(
            TransferPlan plan,
            DataOffer offer,
            Verb verb,
            String path,
            Surroundings surroundings,
            Listener listener) {
        this.plan = plan;
        this.offer = offer;
        this.verb = verb;
        this.path = path;
        this.surroundings = surroundings;
        this.listener = listener;
        this.ticker = surroundings.watchdog().ticker();
        this.startedNanos = ticker.nanos();
    }

    /// Begins; the listener hears of everything else.
    public void start() {
        try {
            Thread.ofVirtual().name(surroundings.name()).start(this::run);
        } catch (RuntimeException | Error unstarted) {
            plan.withdraw();
            plan.close();
            offer.close();
            conclude(defect(unstarted));
        }
    }

    /// Path it moves, for the preliminary reply and STAT.
    public String path() {
        return path;
    }

    public Verb verb() {
        return verb;
    }

    /// How many octets it moves, where that is known.
    public OptionalLong octets() {
        return plan.octets();
    }

    /// How many of the file that is sent, as it is stored.
    public OptionalLong storedOctets() {
        return plan.storedOctets();
    }

    /// Octets moved so far.
    public long bytes() {
        return progress.bytes();
    }

    /// Ends it from outside, whatever it waits for.
    public void abort() {
        interrupt(Cause.ABORTED);
    }

    /// The control connection ended without QUIT. A download has nobody to go to; a clear upload
    /// may have been cut by the same cause, and its FIN proves nothing any more.
    public void controlGone() {
        controlGone = true;
        switch (plan) {
            case TransferPlan.Receive receive -> {}
            case TransferPlan.Send send -> interrupt(Cause.CONTROL_GONE);
            case TransferPlan.SendLines lines -> interrupt(Cause.CONTROL_GONE);
        }
    }

    private void interrupt(Cause cause) {
        DataConnection running;
        lock.lock();
        try {
            if (interruption == null) {
                interruption = cause;
            }
            running = connection;
        } finally {
            lock.unlock();
        }
        progress.stop();
        if (running != null) {
            running.abort();
        } else {
            offer.close(); // May wait for the port to be closed.
        }
    }

    private void run() {
        TransferResult failure;
        try (plan;
                offer) {
            connectAndMove();
            return;
        } catch (DataConnectionException failed) {
            failure = noConnection(failed);
        } catch (RuntimeException | Error defect) {
            failure = defect(defect);
        }
        if (!isConcluded) { // What fails behind the final reply has none of its own.
            conclude(failure);
        }
    }

    private void connectAndMove() throws DataConnectionException {
        Optional<TransferResult> unprepared = prepare();
        if (unprepared.isPresent()) {
            plan.withdraw();
            plan.close();
            conclude(unprepared.get());
            return;
        }
        boolean isReady = false;
        try {
            offer.prepare(direction());
            listener.ready(this);
            isReady = true;
            connected();
        } catch (DataConnectionException failed) {
            Optional<TransferPlan.Receive> nothing = uploadOfNothing(failed);
            if (nothing.isEmpty()) {
                plan.withdraw();
                throw failed;
            }
            if (!isReady) {
                listener.ready(this);
            }
            TransferResult result = publishNothing(nothing.get());
            plan.close();
            conclude(result);
        } catch (RuntimeException | Error defect) {
            if (!isConnected) {
                plan.withdraw();
            }
            throw defect;
        }
    }

    /// Does what there is to do before an upload may come, as long as nothing ends it.
    ///
    /// @return what there is to say if that came to nothing
    private Optional<TransferResult> prepare() {
        if (!(plan instanceof TransferPlan.Receive receive)) {
            return Optional.empty();
        }
        try {
            while (!receive.upload().prepare()) {
                progress.pause();
            }
            return Optional.empty();
        } catch (StorageException failed) {
            return Optional.of(new TransferResult.StoreFailed(failed));
        } catch (AsynchronousCloseException stopped) {
            return Optional.of(new Broken(interruptionOr(Cause.RESET)));
        }
    }

    /// What a client uploads that ended its data connection before it spoke TLS there, where policy
    /// lets that count as nothing.
    private Optional<TransferPlan.Receive> uploadOfNothing(DataConnectionException failed) {
        if (!failed.isEndOfClient()
                || !surroundings.policy().enforced().takesEmptyUploadWithoutHandshake()) {
            return Optional.empty();
        }
        Optional<TransferPlan.Receive> upload =
                plan instanceof TransferPlan.Receive receive
                                && receive.coding() instanceof Coding.Stream
                        ? Optional.of(receive)
                        : Optional.empty();
        SessionBinding tried = surroundings.policy().observed().binding();
        if (upload.isPresent() && !tried.isMetBy(SessionProof.NOTHING)) {
            wouldRefuse(PolicyRule.SESSION_BINDING, noConnection(failed));
        }
        return upload;
    }

    /// Doubted as the end of an upload in the clear is: a client that was killed ends so, too.
    private TransferResult publishNothing(TransferPlan.Receive nothing) {
        peerEnd = StreamEnd.FIN.name().toLowerCase(Locale.ROOT);
        peerEof = UNCLEAN;
        LockSupport.parkNanos(this, CONTROL_END_GRACE_NANOS_MAX);
        Optional<Cause> doubt = doubtAbout(StreamEnd.FIN, nothing);
        if (doubt.isPresent()) {
            return new Broken(doubt.get());
        }
        try {
            advance(nothing);
            Optional<Cause> interrupted = settle();
            if (interrupted.isPresent()) {
                return new Broken(interrupted.get());
            }
            if (controlGone) { // It was to come by TLS: no client that knows none was killed.
                return new Broken(Cause.CONTROL_GONE);
            }
            nothing.upload().publish();
            return new TransferResult.Complete(0);
        } catch (StorageException failed) {
            return new TransferResult.StoreFailed(failed);
        } catch (IOException stopped) {
            return new Broken(interruptionOr(Cause.RESET));
        }
    }

    private Direction direction() {
        return switch (plan) {
            case TransferPlan.Receive receive -> Direction.FROM_CLIENT;
            case TransferPlan.Send send -> Direction.TO_CLIENT;
            case TransferPlan.SendLines lines -> Direction.TO_CLIENT;
        };
    }

    /// Moves the bytes over the connection and reports the result.
    private void connected() throws DataConnectionException {
        try (DataConnection data = own(offer.take())) {
            tls = data.tls();
            proof = data.proof();
            unprotected = Event.DataProtection.CLEAR;
            TransferResult result;
            Limits limits = surroundings.limits();
            Delivery delivery = new Delivery(data, limits.stall(), ticker);
            try (Watchdog.Watch stall =
                    surroundings
                            .watchdog()
                            .watch(
                                    limits.stall(),
                                    delivery::moved,
                                    () -> interrupt(Cause.STALLED))) {
                progress.watchedBy(stall);
                result = move(data);
            } catch (RuntimeException | Error defect) {
                data.abort(); // An end in order would be taken for that of the content.
                throw defect;
            }
            boolean isHeardOut = result.isRefusal() && direction() == Direction.FROM_CLIENT;
            if (!result.endedInOrder() && !isHeardOut) {
                data.abort();
            }
            plan.close();
            conclude(result);
            if (isHeardOut) {
                endBehindReply(data);
            }
            if (result.endedInOrder() || isHeardOut) { // Nobody has to wait for the peer's end.
                try (Watchdog.Watch _ =
                        surroundings
                                .watchdog()
                                .watch(limits.linger(), delivery::isUnderWay, data::leave)) {
                    data.drain();
                }
            }
        }
    }

    /// Ends our half of the data connection of an upload that is refused. Many clients send all
    /// they have before they look at the reply, and never look at it if the connection is reset
    /// meanwhile, or ends before it comes. A download cannot end so: it would pass for whole.
    private void endBehindReply(DataConnection data) {
        LockSupport.parkNanos(this, REPLY_AHEAD_NANOS);
        try {
            data.finish(); // Some wait for our close_notify with their own.
        } catch (IOException senderGone) {
            data.abort();
        }
    }

    private TransferResult move(DataConnection data) {
        Optional<TransferResult> unproven =
                switch (data.peer()) {
                    case CLIENT -> tls.flatMap(facts -> unproven(facts.handshake(), data));
                    case OTHER_CLIENT -> Optional.of(new TransferResult.OtherClientCertificate());
                    case OTHER_SERVER -> // It has no session to resume.
                            tls.flatMap(facts -> tooOld(facts.handshake()));
                };
        if (unproven.isPresent()) {
            plan.withdraw();
            return unproven.get();
        }
        try {
            Pump pump = new Pump(data, surroundings.buffers(), progress);
            return switch (plan) {
                case TransferPlan.Send send -> {
                    pump.send(send);
                    data.finish();
                    yield complete();
                }
                case TransferPlan.SendLines lines -> {
                    LineSource.Step last = pump.sendLines(lines);
                    data.finish();
                    yield last == LineSource.Step.CUT ? cut() : complete();
                }
                case TransferPlan.Receive receive -> receive(pump, receive, data);
            };
        } catch (StorageException failed) {
            return new TransferResult.StoreFailed(failed);
        } catch (CompressedDataException refused) {
            return new TransferResult.Undecoded(refused.fault());
        } catch (TlsException broken) {
            return new Broken(interruptionOr(Cause.TLS_ERROR));
        } catch (IOException broken) {
            return new Broken(interruptionOr(Cause.RESET));
        }
    }

    /// What a finished handshake fails to prove, if anything.
    private Optional<TransferResult> unproven(Handshake done, DataConnection data) {
        TlsPolicy policy = surroundings.policy().enforced();
        TlsPolicy tried = surroundings.policy().observed();
        if (!policy.binding().isMetBy(data.proof())) {
            return Optional.of(notResumed(policy.binding(), data));
        }
        Optional<TransferResult> tooOld = tooOld(done);
        if (tooOld.isEmpty() && !tried.binding().isMetBy(data.proof())) {
            wouldRefuse(PolicyRule.SESSION_BINDING, notResumed(tried.binding(), data));
        }
        return tooOld;
    }

    private Optional<TransferResult> tooOld(Handshake done) {
        TlsPolicy policy = surroundings.policy().enforced();
        TlsPolicy tried = surroundings.policy().observed();
        if (done.isOlderThan(policy.leastVersion())) {
            return Optional.of(new TransferResult.TooOldVersion(policy.leastVersion()));
        }
        if (done.isOlderThan(tried.leastVersion())) {
            wouldRefuse(
                    PolicyRule.LEAST_VERSION,
                    new TransferResult.TooOldVersion(tried.leastVersion()));
        }
        return Optional.empty();
    }

    private static TransferResult notResumed(SessionBinding binding, DataConnection data) {
        return new TransferResult.NotResumed(
                binding,
                switch (data.proof()) {
                    case NOTHING ->
                            switch (data.offered()) {
                                case NOTHING -> Lack.NO_SESSION;
                                case A_SESSION -> Lack.FOREIGN_SESSION;
                            };
                    case SAME_USER, SAME_SESSION -> Lack.OTHER_SESSION_OF_USER;
                });
    }

    private void wouldRefuse(PolicyRule rule, TransferResult refusal) {
        surroundings.trial().wouldRefuse(rule, surroundings.user(), refusal.reply());
    }

    private TransferResult receive(Pump pump, TransferPlan.Receive plan, DataConnection data)
            throws IOException {
        StreamEnd end = pump.receive(plan);
        peerEnd = end.name().toLowerCase(Locale.ROOT);
        if (tls.isPresent()) {
            peerEof = end == StreamEnd.CLOSE_NOTIFY ? "clean" : UNCLEAN;
        }
        Optional<Cause> doubt = doubtAbout(end, plan);
        if (doubt.isPresent()) {
            return new Broken(doubt.get());
        }
        try {
            data.finish(); // Clients wait for our close_notify before they close.
        } catch (IOException peerGone) {
            // It said that this was all and left: the upload is complete all the same.
            peerEnd += "+gone";
        }
        if (advance(plan) && end == StreamEnd.FIN && isDoubtfulByControl()) {
            return new Broken(Cause.CONTROL_GONE); // It may have come to its end by that.
        }
        Optional<Cause> interrupted = settle();
        if (interrupted.isPresent()) {
            return new Broken(interrupted.get());
        }
        plan.upload().publish();
        return new TransferResult.Complete(progress.bytes());
    }

    /// Does what there is to do before the publishing, as long as nothing ends it.
    ///
    /// @return whether that took a while
    private boolean advance(TransferPlan.Receive plan) throws IOException {
        boolean tookAWhile = false;
        while (!plan.upload().advance()) {
            progress.pause();
            tookAWhile = true;
        }
        return tookAWhile;
    }

    /// Why an upload that ended so may not be all of it.
    private Optional<Cause> doubtAbout(StreamEnd end, TransferPlan.Receive plan) {
        boolean byTls = tls.isPresent();
        return switch (end) {
            case CLOSE_NOTIFY -> Optional.empty();
            case FIN -> {
                EffectivePolicy policy = surroundings.policy();
                if (byTls && policy.enforced().uploadEnd() == UploadEnd.STRICT) {
                    yield Optional.of(Cause.TRUNCATED);
                }
                if (byTls && policy.observed().uploadEnd() == UploadEnd.STRICT) {
                    wouldRefuse(PolicyRule.UPLOAD_END, new Broken(Cause.TRUNCATED));
                }
                if (plan.isShort(progress.bytes())) {
                    yield Optional.of(Cause.SHORT);
                }
                if (!byTls) {
                    long tookNanos = ticker.nanos() - startedNanos;
                    LockSupport.parkNanos(
                            this, Math.min(tookNanos / 8, CONTROL_END_GRACE_NANOS_MAX));
                }
                if (isDoubtfulByControl()) {
                    yield Optional.of(Cause.CONTROL_GONE);
                }
                // A client that took the connection for lost has begun anew and is done, and this
                // may be the end of what the network held back.
                yield plan.upload().isSuperseded()
                        ? Optional.of(Cause.SUPERSEDED)
                        : Optional.empty();
            }
            case CUT -> Optional.of(Cause.TRUNCATED);
        };
    }

    /// Whether the control connection has ended, and that matters: a client that was killed ends
    /// both. Interop: ffmpeg 5.1, which knows no TLS, ends both whenever it is done.
    private boolean isDoubtfulByControl() {
        EffectivePolicy policy = surroundings.policy();
        boolean byTls = tls.isPresent();
        if (controlGone && !byTls && policy.enforced().uploadEnd() == UploadEnd.LENIENT) {
            if (policy.observed().uploadEnd() == UploadEnd.STRICT) {
                wouldRefuse(PolicyRule.UPLOAD_END, new Broken(Cause.CONTROL_GONE));
            }
            return false;
        }
        return controlGone;
    }

    private TransferResult complete() {
        return settle().<TransferResult>map(Broken::new)
                .orElseGet(() -> new TransferResult.Complete(progress.bytes()));
    }

    /// Lets nothing interrupt it from here on, neither the last octets on their way to the peer nor
    /// the publishing: what is answered with 226 is whole, and what is published was.
    ///
    /// @return what interrupted it before
    private Optional<Cause> settle() {
        lock.lock();
        try {
            if (interruption == null) {
                connection = null;
            }
            return Optional.ofNullable(interruption);
        } finally {
            lock.unlock();
        }
    }

    private TransferResult cut() {
        Cause cause = interruption();
        return cause == null ? new TransferResult.Cut() : new Broken(cause);
    }

    private DataConnection own(DataConnection data) {
        isConnected = true;
        lock.lock();
        try {
            connection = data;
            if (interruption != null) {
                data.abort();
            }
            return data;
        } finally {
            lock.unlock();
        }
    }

    private @Nullable Cause interruption() {
        lock.lock();
        try {
            return interruption;
        } finally {
            lock.unlock();
        }
    }

    private Cause interruptionOr(Cause otherwise) {
        Cause cause = interruption();
        return cause == null ? otherwise : cause;
    }

    private TransferResult noConnection(DataConnectionException failed) {
        Cause cause = interruption();
        if (cause != null) {
            return new Broken(cause);
        }
        return switch (failed.reason()) {
            case TLS_NOT_NEGOTIATED ->
                    new TransferResult.NotNegotiated(failed.code(), failed.text());
            default -> new TransferResult.NoConnection(failed.code(), failed.text());
        };
    }

    private TransferResult defect(Throwable cause) {
        Event.Defect defect = Event.Defect.of(surroundings.session(), verb.name(), cause);
        surroundings.events().accept(defect);
        return new TransferResult.Defect(defect.incident());
    }

    private void conclude(TransferResult result) {
        if (result instanceof TransferResult.StoreFailed(StorageException failure)) {
            String cause = String.valueOf(failure.getMessage());
            surroundings
                    .events()
                    .accept(new Event.StorageFailed(surroundings.session(), verb.name(), cause));
        }
        surroundings
                .events()
                .accept(
                        new Event.Transfer(
                                surroundings.session(),
                                surroundings.listener(),
                                surroundings.user(),
                                surroundings.client(),
                                surroundings.software(),
                                verb.name(),
                                path,
                                progress.bytes(),
                                ticker.since(startedNanos),
                                result.code(),
                                tls.map(this::protection).orElse(unprotected),
                                peerEnd,
                                peerEof));
        isConcluded = true;
        listener.ended(this, result);
    }

    private Event.DataProtection protection(TlsFacts facts) {
        return new Event.DataProtection(
                facts.handshake().version(),
                facts.handshake().cipher(),
                facts.group(),
                Optional.of(proof.resumption()),
                facts.serverName(),
                facts.applicationProtocol());
    }
}
