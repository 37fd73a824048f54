package io.sealane.conformance.model;

import io.sealane.testkit.DataMode;
import io.sealane.testkit.DataProtection;
import io.sealane.testkit.Ending;
import io.sealane.testkit.ProbeClient;
import io.sealane.testkit.ProbeData;
import io.sealane.testkit.Reply;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/// Makes moves, and holds the server to what the model says of each. Belongs to one thread; owns
/// its connections.
final class Actor implements AutoCloseable {
    private final Stage stage;
    private final Store store;
    private Model model;
    private Optional<ProbeClient> connection = Optional.empty();
    private Optional<InetSocketAddress> passivePort = Optional.empty();

    /// Where the client listens, once the server has agreed.
    private Optional<ProbeData> listener = Optional.empty();

    private Optional<ProbeData> candidate = Optional.empty();
    private boolean listenerByTls;
    private String past = "";
    private long uploads;

    Actor(Stage stage) throws IOException {
        this.stage = stage;
        this.store = new Store(stage.storage());
        this.model = Model.greeted(stage, Tree.of(store.everything()));
    }

    Model model() {
        return model;
    }

    Store store() {
        return store;
    }

    Stage stage() {
        return stage;
    }

    ProbeClient client() {
        return connection.orElseThrow();
    }

    boolean isConnected() {
        return connection.isPresent();
    }

    /// What was said on the last two connections.
    String conversation() {
        return past + connection.map(ProbeClient::conversation).orElse("");
    }

    void make(Move move) throws IOException {
        if (connection.isEmpty()) {
            enter();
        }
        switch (move) {
            case Move.Say(List<String> lines, Move.Peer peer) -> say(lines, peer);
            case Move.Drop(List<String> lines, Ending ending) -> drop(lines, ending);
        }
    }

    /// Says something that changes nothing and has a code of its own: a reply too many shows here.
    void checkpoint() throws IOException {
        if (connection.isPresent()) {
            client().send("XSYNC").expect(500);
        }
    }

    /// Compares every file with the model's.
    void compareFiles() {
        model.tree
                .difference(store.everything())
                .ifPresent(difference -> {
                    throw new AssertionError("the files are not as they should be: " + difference);
                });
    }

    /// Ends in order, and sees that nothing is left.
    void leave() throws IOException {
        if (connection.isPresent()) {
            say(List.of("QUIT\r\n"), Script.NO_PEER);
        }
        stage.awaitNoSessions();
        compareFiles();
    }

    private void enter() throws IOException {
        model = model.reconnected();
        ProbeClient client =
                model.place().beginsByTls()
                        ? ProbeClient.implicit(stage.address(), stage.settings())
                        : ProbeClient.connect(stage.address(), stage.settings());
        connection = Optional.of(client);
        client.expect(220);
    }

    private void say(List<String> lines, Move.Peer peer) throws IOException {
        List<String> said = new ArrayList<>();
        for (String line : lines) {
            said.add(addressed(line));
        }
        Optional<ProbeData> early = connectEarly(said.getFirst(), peer);
        send(said);
        Deque<String> waiting = new ArrayDeque<>(said);
        while (!waiting.isEmpty() && connection.isPresent()) {
            see(model.hear(waiting.remove()), peer, early, waiting);
            early = Optional.empty(); // It was for the first line.
        }
        forgetCandidate();
        if (model.offer == Model.Offer.NONE) {
            passivePort = Optional.empty();
            forgetListener();
        }
    }

    private void see(
            Answer answer, Move.Peer peer, Optional<ProbeData> early, Deque<String> waiting)
            throws IOException {
        switch (answer) {
            case Answer.Says says -> take(says);
            case Answer.Silence silence -> {}
            case Answer.Secures secures -> {
                client().expect(234).secure();
                model = secures.next();
            }
            case Answer.Leaves(int code, Model next) -> {
                client().expect(code).awaitEnd();
                closed();
            }
            case Answer.Moves(Cargo cargo, Model next) -> {
                model = next;
                try (DataActor data = new DataActor(this, cargo, peer, early)) {
                    data.run(waiting);
                }
                return;
            }
        }
        if (early.isPresent()) {
            early.get().close();
        }
    }

    /// Takes the reply that is due.
    void take(Answer.Says says) throws IOException {
        check(says, client().read());
    }

    void check(Answer.Says says, Reply reply) throws IOException {
        if (!says.codes().contains(reply.code())
                || !String.join("\n", reply.lines()).contains(says.text())) {
            throw new AssertionError(
                    "expected " + says.codes() + " " + says.text() + " but got " + reply);
        }
        ReplyLines.requireShort(reply);
        model = says.next();
        if (reply.code() == 227 || reply.code() == 229) {
            passivePort = Optional.of(client().passiveAddress(reply));
            forgetListener();
        }
        if (reply.code() == 200 && candidate.isPresent() && model.offer == Model.Offer.ACTIVE) {
            forgetListener();
            passivePort = Optional.empty();
            listener = candidate;
            listenerByTls = model.isDataByTls();
            candidate = Optional.empty();
        }
    }

    void send(List<String> lines) throws IOException {
        client().sendRaw(String.join("", lines).getBytes(StandardCharsets.ISO_8859_1));
    }

    void become(Model next) {
        model = next;
    }

    /// A line with an address of ours in it, where it is to have one.
    private String addressed(String line) throws IOException {
        if (!line.contains("${")) {
            return line;
        }
        forgetCandidate();
        ProbeData data = plan().listenForData();
        candidate = Optional.of(data);
        InetSocketAddress own = data.localAddress();
        int port = own.getPort();
        return line.replace("${port}", "127,0,0,1," + port / 256 + "," + port % 256)
                .replace("${eprt}", "|1|127.0.0.1|" + port + "|");
    }

    /// The client, set to protect data connections as the model says they are.
    private ProbeClient plan() {
        DataProtection protection =
                model.isDataByTls() ? DataProtection.SAME_SESSION : DataProtection.CLEAR;
        return client().data(client().plan().mode(DataMode.EPSV).protection(protection));
    }

    private Optional<ProbeData> connectEarly(String line, Move.Peer peer) throws IOException {
        boolean uses = model.offer == Model.Offer.PASSIVE && !usesNoOffer(model.hear(line));
        if (!uses
                || passivePort.isEmpty()
                || peer.arrival() == Move.Arrival.LATE
                || peer.act() == Move.Act.STAYS_AWAY) {
            return Optional.empty();
        }
        Optional<ProbeData> data = connect(peer);
        if (data.isPresent()
                && peer.arrival() == Move.Arrival.SHAKEN
                && peer.act() != Move.Act.LEAVES_AT_ONCE) {
            data.get().establish();
        }
        return data;
    }

    private static boolean usesNoOffer(Answer answer) {
        return answer.next().offer != Model.Offer.NONE;
    }

    /// Connects to the port that the server named; empty if the server has given it up.
    Optional<ProbeData> connect(Move.Peer peer) throws IOException {
        ProbeClient client = plan();
        if (peer.act() == Move.Act.CLEAR_TEXT) {
            client.data(client.plan().protection(DataProtection.CLEAR));
        }
        try {
            return Optional.of(client.connectData(passivePort.orElseThrow()));
        } catch (SocketException refused) {
            // Refused, or reset where the port closed between the two halves of connecting.
            if (stage.offersMayExpire()) {
                return Optional.empty();
            }
            throw refused;
        }
    }

    /// Waits at the address that the client named.
    ProbeData accept() throws IOException {
        ProbeData data = listener.orElseThrow().accept();
        listener = Optional.empty();
        return data;
    }

    /// Whether PROT has changed since the client said where it listens.
    boolean isListenerStale() {
        return listener.isPresent() && listenerByTls != model.isDataByTls();
    }

    boolean isListening() {
        return listener.isPresent();
    }

    /// The control connection is over, in whatever way.
    void closed() throws IOException {
        if (connection.isPresent()) {
            past = connection.get().conversation() + "\n---\n";
            connection.get().close();
            connection = Optional.empty();
        }
        passivePort = Optional.empty();
        forgetListener();
        forgetCandidate();
    }

    private void forgetCandidate() throws IOException {
        if (candidate.isPresent()) {
            candidate.get().close();
            candidate = Optional.empty();
        }
    }

    void forgetListener() throws IOException {
        if (listener.isPresent()) {
            listener.get().close();
            listener = Optional.empty();
        }
    }

    /// Says lines and ends the connection. After a FIN all of them count. After an RST, and after a
    /// close_notify, behind which a server of TLS 1.2 says no more (RFC 5246 section 7.2.1), it may
    /// be any number of them.
    private void drop(List<String> lines, Ending ending) throws IOException {
        boolean allCount =
                ending == Ending.FIN || (ending == Ending.ORDERLY && !model.isControlByTls());
        List<Model> after = new ArrayList<>(List.of(model));
        if (!lines.isEmpty()) {
            send(lines);
        }
        if (allCount) {
            client().finish(ending);
        }
        for (String line : lines) {
            if (allCount) {
                say(line);
            } else if (model.hear(line)
                    instanceof Answer.Says(var codes, String text, Model next)) {
                model = next;
            }
            after.add(model);
        }
        if (allCount) {
            after = List.of(model);
            client().awaitEnd();
        } else {
            client().finish(ending);
        }
        closed();
        stage.awaitNoSessions();
        settle(after);
    }

    private void say(String line) throws IOException {
        switch (model.hear(line)) {
            case Answer.Says says -> take(says);
            case Answer.Silence silence -> {}
            case Answer.Moves moves -> throw new IllegalStateException("a transfer: " + line);
            case Answer.Secures secures -> throw new IllegalStateException("TLS: " + line);
            case Answer.Leaves leaves -> throw new IllegalStateException("the end: " + line);
        }
    }

    /// Goes on with the one of these models whose files are there.
    void settle(List<Model> possible) {
        var found = store.everything();
        model =
                possible.stream()
                        .filter(candidate -> candidate.tree.difference(found).isEmpty())
                        .findFirst()
                        .orElseThrow(() ->
                                new AssertionError(
                                        "the files are none of what they may be: "
                                                + possible.getLast().tree.difference(found).get()));
    }

    void countUpload() {
        uploads++;
    }

    long uploads() {
        return uploads;
    }

    @Override
    public void close() throws IOException {
        closed();
    }
}
