package io.sealane.conformance.model;

import io.sealane.testkit.Ending;
import io.sealane.testkit.PeerEnd;
import io.sealane.testkit.ProbeData;
import io.sealane.testkit.ProbeStream;
import io.sealane.testkit.RandomBytes;
import io.sealane.testkit.Reply;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// One transfer, from the preliminary reply to the final one: does on the data connection what the
/// peer of the move does, and holds the server to what that must lead to.
final class DataActor implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int CHUNK_BYTES = 8 * 1024;

    private static final int COMPLETE = 226;
    private static final int NO_CONNECTION = 425;
    private static final int BROKEN = 426;
    private static final int NO_TLS = 522;

    private final Actor actor;
    private final Cargo cargo;
    private final Move.Peer peer;
    private final boolean byTls;
    private Optional<ProbeData> data;
    private Optional<String> path;

    private boolean aborted;
    private boolean nothingWaits;

    /// Bytes handed to the connection, or taken from it.
    private byte[] moved = new byte[0];

    DataActor(Actor actor, Cargo cargo, Move.Peer peer, Optional<ProbeData> early) {
        this.actor = actor;
        this.cargo = cargo;
        this.peer = peer;
        this.data = early;
        this.byTls = actor.model().isDataByTls();
        this.path = cargo instanceof Cargo.Upload upload ? upload.path() : Optional.empty();
    }

    /// @param waiting lines that were said behind the command; those that are answered meanwhile
    ///   are taken out
    void run(Deque<String> waiting) throws IOException {
        Reply first = actor.client().read();
        if (first.code() == NO_CONNECTION && actor.stage().offersMayExpire()) {
            broken();
            return;
        }
        if (first.code() == BROKEN && holdsAbor(waiting)) {
            broken();
            return;
        }
        ReplyLines.requireShort(first);
        if (first.code() != 150 && first.code() != 125) {
            throw new AssertionError("expected 150 but got " + first);
        }
        if (first.text().startsWith("FILE: ")) {
            path = Optional.of(first.text().substring(6));
        }
        if (!peer.during().isEmpty()) {
            actor.send(peer.during());
            waiting.addAll(peer.during());
        }
        // Its effect is at once, wherever it waits for its reply.
        aborted = holdsAbor(waiting);
        Optional<Reply> ended = answerMeanwhile(waiting);
        nothingWaits = waiting.isEmpty();
        if (ended.isEmpty()) {
            act(waiting);
            return;
        }
        if (aborted) {
            finish(ended.get(), BROKEN, NO_CONNECTION, COMPLETE);
            return;
        }
        finish(ended.get(), COMPLETE);
        if (arrive()) {
            takeSome(data.orElseThrow().establish(), Integer.MAX_VALUE);
            checkAll();
        }
    }

    private static boolean holdsAbor(Deque<String> waiting) {
        return waiting.stream().anyMatch(DataActor::isAbor);
    }

    private static boolean isAbor(String line) {
        return Line.read(line) instanceof Line.Command(String verb, String argument)
                && verb.equals("ABOR");
    }

    /// Takes the replies to what is answered while a transfer runs. A transfer whose data already
    /// flows may end in between.
    ///
    /// @return its final reply if it did
    private Optional<Reply> answerMeanwhile(Deque<String> waiting) throws IOException {
        Optional<Reply> ended = Optional.empty();
        while (!waiting.isEmpty() && Model.isServedDuringTransfer(waiting.peek())) {
            if (ended.isEmpty() && isAbor(waiting.peek())) {
                waiting.remove();
                ended = Optional.of(actor.client().read());
                actor.client().expect(COMPLETE);
                return ended;
            }
            switch (actor.model().hear(waiting.remove())) {
                case Answer.Silence silence -> {}
                case Answer.Says says -> {
                    Reply reply = actor.client().read();
                    if (ended.isEmpty() && isFinal(reply)) {
                        ended = Optional.of(reply);
                        reply = actor.client().read();
                    }
                    actor.check(says, reply);
                }
                case Answer.Moves moves -> throw new IllegalStateException("during a transfer");
                case Answer.Secures secures -> throw new IllegalStateException("during a transfer");
                case Answer.Leaves leaves -> throw new IllegalStateException("during a transfer");
            }
        }
        return ended;
    }

    private static boolean isFinal(Reply reply) {
        return Set.of(COMPLETE, NO_CONNECTION, BROKEN, NO_TLS).contains(reply.code());
    }

    private Move.Act act() {
        boolean asIfWhole =
                switch (peer.act()) {
                    case CLEAR_TEXT -> !byTls || actor.isListening();
                    case LEAVES_AT_ONCE -> !byTls;
                    case TALKS -> cargo instanceof Cargo.Upload;
                    case WHOLE, RESET, FIN, ABORTED, STAYS_AWAY, DROPS_CONTROL -> false;
                };
        return asIfWhole ? Move.Act.WHOLE : peer.act();
    }

    private void act(Deque<String> waiting) throws IOException {
        // Behind a line that has to wait, the reply to ABOR would have to wait as well.
        Move.Act act = waiting.isEmpty() ? act() : withoutAbort(act());
        if (actor.isListenerStale()) {
            actor.forgetListener();
            finish(actor.client().read(), NO_CONNECTION, BROKEN, isUpload() ? BROKEN : COMPLETE);
            return;
        }
        if (aborted) {
            finish(actor.client().read(), BROKEN, NO_CONNECTION, COMPLETE);
            return;
        }
        if (act != Move.Act.STAYS_AWAY && !arrive()) {
            finish(actor.client().read(), NO_CONNECTION);
            return;
        }
        switch (act) {
            case STAYS_AWAY -> stayAway();
            case CLEAR_TEXT -> {
                data.orElseThrow().write("hello\r\nhello\r\n".getBytes(StandardCharsets.US_ASCII));
                finish(actor.client().read(), NO_TLS);
            }
            case LEAVES_AT_ONCE -> {
                data.orElseThrow().close();
                finish(actor.client().read(), NO_CONNECTION);
            }
            case WHOLE, RESET, FIN, TALKS, ABORTED, DROPS_CONTROL -> {
                switch (cargo) {
                    case Cargo.Upload upload -> upload(upload, act, data.orElseThrow().establish());
                    case Cargo.Download download -> download(act, data.orElseThrow().establish());
                    case Cargo.Listing listing -> download(act, data.orElseThrow().establish());
                }
            }
        }
    }

    private void stayAway() throws IOException {
        boolean willExpire = actor.stage().offersMayExpire() && !actor.isListening();
        if (willExpire && peer.seed() % 2 == 0) {
            finish(actor.client().read(), NO_CONNECTION);
            return;
        }
        // In active mode the server has connected, and a small file may be on its way.
        abort(
                actor.isListening() && !isUpload()
                        ? Set.of(BROKEN, NO_CONNECTION, COMPLETE)
                        : Set.of(BROKEN, NO_CONNECTION));
    }

    private static Move.Act withoutAbort(Move.Act act) {
        return switch (act) {
            case ABORTED, STAYS_AWAY, DROPS_CONTROL -> Move.Act.WHOLE;
            case WHOLE, RESET, FIN, TALKS, CLEAR_TEXT, LEAVES_AT_ONCE -> act;
        };
    }

    private boolean isUpload() {
        return cargo instanceof Cargo.Upload;
    }

    private boolean arrive() throws IOException {
        if (data.isEmpty()) {
            data = actor.isListening() ? Optional.of(actor.accept()) : actor.connect(peer);
        }
        return data.isPresent();
    }

    private void upload(Cargo.Upload upload, Move.Act act, ProbeStream stream) throws IOException {
        byte[] all = content();
        switch (act) {
            case WHOLE, TALKS -> {
                write(stream, all);
                stream.finish(Ending.ORDERLY);
                boolean isCut = !byTls && upload.isShort(all.length);
                finish(actor.client().read(), isCut ? BROKEN : COMPLETE);
            }
            case RESET -> {
                write(stream, half(all));
                stream.finish(Ending.RESET);
                finish(actor.client().read(), BROKEN, NO_CONNECTION);
            }
            case FIN -> {
                write(stream, half(all));
                stream.finish(Ending.FIN);
                boolean isCut = byTls || upload.isShort(all.length / 2);
                finish(actor.client().read(), isCut ? BROKEN : COMPLETE);
                if (isCut) {
                    deposit(upload).requireKeptWhole();
                }
            }
            case ABORTED -> {
                write(stream, half(all));
                abort(Set.of(BROKEN));
            }
            case DROPS_CONTROL -> {
                write(stream, half(all));
                dropControl();
                moved = half(all);
                writeAnyway(stream, Arrays.copyOfRange(all, moved.length, all.length));
                moved = all;
                Ending ending = peer.seed() % 3 == 0 ? Ending.RESET : Ending.ORDERLY;
                end(stream, ending);
                settleDropped(ending);
            }
            case STAYS_AWAY, CLEAR_TEXT, LEAVES_AT_ONCE -> throw new IllegalStateException();
        }
    }

    private void download(Move.Act act, ProbeStream stream) throws IOException {
        switch (act) {
            case WHOLE -> takeAll(stream);
            case TALKS -> {
                stream.write(new RandomBytes(peer.seed(), 3000).toArray());
                takeAll(stream);
            }
            case FIN -> {
                stream.finish(Ending.FIN);
                takeAll(stream);
            }
            case RESET -> {
                takeSome(stream, due() / 2);
                stream.finish(Ending.RESET);
                finish(actor.client().read(), COMPLETE, BROKEN, NO_CONNECTION);
            }
            case ABORTED -> {
                takeSome(stream, peer.seed() % 2 == 0 ? 0 : due() / 2);
                int code = abort(Set.of(BROKEN, COMPLETE));
                checkEndOfAborted(stream, code);
            }
            case DROPS_CONTROL -> {
                takeSome(stream, due() / 2);
                dropControl();
                Ending ending = peer.seed() % 3 == 0 ? Ending.RESET : Ending.FIN;
                end(stream, ending);
                settleDropped(ending);
            }
            case STAYS_AWAY, CLEAR_TEXT, LEAVES_AT_ONCE -> throw new IllegalStateException();
        }
    }

    /// What did not come whole must not end as if it had.
    private void checkEndOfAborted(ProbeStream stream, int code) throws IOException {
        takeSome(stream, Integer.MAX_VALUE);
        Optional<PeerEnd> end = stream.peerEnd();
        if (code == COMPLETE) {
            checkAll();
            return;
        }
        boolean looksWhole =
                end.isPresent()
                        && (end.get() == PeerEnd.CLOSE_NOTIFY
                                || (end.get() == PeerEnd.FIN && moved.length > 0));
        if (looksWhole && !isAll()) {
            throw new AssertionError("an aborted download ended by " + end.get());
        }
    }

    private void takeAll(ProbeStream stream) throws IOException {
        takeSome(stream, Integer.MAX_VALUE);
        PeerEnd end = stream.peerEnd().orElseThrow();
        if (end != (byTls ? PeerEnd.CLOSE_NOTIFY : PeerEnd.FIN)) {
            throw new AssertionError("a download of " + moved.length + " bytes ended by " + end);
        }
        end(stream, Ending.ORDERLY);
        finish(actor.client().read(), COMPLETE);
        checkAll();
    }

    private int due() {
        return cargo instanceof Cargo.Download(byte[] wire) ? wire.length : 0;
    }

    private boolean isAll() {
        return switch (cargo) {
            case Cargo.Download(byte[] wire) -> Arrays.equals(moved, wire);
            case Cargo.Listing(List<String> names) -> Listed.isWhole(moved, names);
            case Cargo.Upload upload -> throw new IllegalStateException();
        };
    }

    private void checkAll() {
        if (!isAll()) {
            throw new AssertionError(
                    "of the "
                            + cargo
                            + " came "
                            + moved.length
                            + " other bytes: "
                            + new String(
                                    moved, 0, Math.min(moved.length, 500), StandardCharsets.UTF_8));
        }
    }

    private void takeSome(ProbeStream stream, int bytes) throws IOException {
        ByteArrayOutputStream taken = new ByteArrayOutputStream();
        taken.write(moved);
        byte[] chunk = new byte[64 * 1024];
        while (taken.size() < bytes) {
            int count = stream.read(chunk, PATIENCE);
            if (count < 0) {
                break;
            }
            taken.write(chunk, 0, count);
        }
        moved = taken.toByteArray();
    }

    private void write(ProbeStream stream, byte[] bytes) throws IOException {
        for (int at = 0; at < bytes.length; at += CHUNK_BYTES) {
            stream.write(bytes, at, Math.min(CHUNK_BYTES, bytes.length - at));
        }
        moved = bytes;
    }

    /// Writes to a peer that may have gone.
    private void writeAnyway(ProbeStream stream, byte[] bytes) {
        try {
            write(stream, bytes);
        } catch (IOException gone) {
            // That is for the files to show.
        }
    }

    private static void end(ProbeStream stream, Ending ending) {
        try {
            stream.finish(ending);
        } catch (IOException gone) {
            // The server was faster.
        }
    }

    private byte[] content() {
        byte[] bytes = new RandomBytes(peer.seed(), peer.bytes()).toArray();
        if (type() == Cargo.Type.ASCII) {
            boolean breaksOff = act() != Move.Act.WHOLE && act() != Move.Act.TALKS;
            // The prefix of a text tells its length in the store only if no line ends in it.
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = letter(bytes[i] & 0xFF, breaksOff ? 26 : 28);
            }
        }
        return bytes;
    }

    private static byte letter(int random, int of) {
        int number = random % of;
        return (byte) (number == 26 ? '\r' : number == 27 ? '\n' : 'a' + number);
    }

    private Cargo.Type type() {
        return cargo instanceof Cargo.Upload upload ? upload.type() : Cargo.Type.IMAGE;
    }

    private static byte[] half(byte[] all) {
        return Arrays.copyOf(all, all.length / 2);
    }

    /// Says ABOR and takes both replies.
    private int abort(Set<Integer> codes) throws IOException {
        actor.send(List.of("ABOR\r\n"));
        Reply last = actor.client().read();
        finish(last, codes.toArray(new Integer[0]));
        actor.client().expect(COMPLETE);
        return last.code();
    }

    private void dropControl() throws IOException {
        actor.client().finish(peer.seed() % 2 == 0 ? Ending.RESET : Ending.FIN);
    }

    /// After the control connection went first, the old content is there or the new one, whole.
    private void settleDropped(Ending dataEnding) throws IOException {
        close();
        actor.closed();
        actor.stage().awaitNoSessions();
        if (!(cargo instanceof Cargo.Upload upload)) {
            actor.settle(List.of(actor.model()));
            return;
        }
        Model before = actor.model();
        actor.settle(
                dataEnding == Ending.RESET
                        ? List.of(before)
                        : List.of(deposit(upload).in(before), before));
        if (actor.model() == before) {
            broken();
        }
    }

    private void finish(Reply reply, Integer... codes) {
        boolean expired = actor.stage().offersMayExpire() && reply.code() == NO_CONNECTION;
        if (!expired && !List.of(codes).contains(reply.code())) {
            throw new AssertionError("expected " + List.of(codes) + " but got " + reply);
        }
        finish(reply);
    }

    /// Brings the model to where the final reply says it is.
    private void finish(Reply reply) {
        if (!(cargo instanceof Cargo.Upload upload)) {
            return;
        }
        if (reply.code() == COMPLETE) {
            deposit(upload).published(nothingWaits);
        } else {
            broken();
        }
    }

    private void broken() {
        if (cargo instanceof Cargo.Upload upload && path.isPresent()) {
            deposit(upload).broken();
        }
    }

    private Deposit deposit(Cargo.Upload upload) {
        String name =
                path.orElseThrow(() -> new AssertionError("the name of the file was not told"));
        return new Deposit(actor, upload, name, moved);
    }

    @Override
    public void close() throws IOException {
        if (data.isPresent()) {
            data.get().close();
        }
    }
}
