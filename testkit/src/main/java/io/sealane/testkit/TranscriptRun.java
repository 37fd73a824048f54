package io.sealane.testkit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Plays the steps of one transcript. Owns the data connection that is open.
final class TranscriptRun implements AutoCloseable {
    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{(\\w+)}");

    private final ProbeClient client;
    private final Pacing pacing;
    private final Map<String, String> values;
    private Optional<ProbeData> data = Optional.empty();
    private String latestCommand = "";

    TranscriptRun(ProbeClient client, Pacing pacing, Map<String, String> values) {
        this.client = client;
        this.pacing = pacing;
        this.values = values;
    }

    void play(Step step) throws IOException {
        try {
            switch (step) {
                case Step.Send(int _, String line) -> send(fill(line));
                case Step.SendRaw(int _, String escaped) ->
                        client.sendRaw(Printable.parse(fill(escaped)), pacing);
                case Step.Expect(int _, List<String> patterns) -> expect(fill(patterns));
                case Step.ExpectEnd(int _, List<PeerEnd> allowed) -> expectEnd(allowed);
                case Step.Handshake _ -> client.secure();
                case Step.Clear _ -> client.clear();
                case Step.Download(int _, List<String> patterns) -> download(fill(patterns));
                case Step.Upload(int _, List<String> lines) -> upload(fill(lines));
            }
        } catch (AssertionError | IOException failure) {
            throw new TranscriptMismatch(describe(step, failure), failure);
        }
    }

    @Override
    public void close() throws IOException {
        if (data.isPresent()) {
            data.get().close();
            data = Optional.empty();
        }
    }

    private void send(String line) throws IOException {
        latestCommand = line.toUpperCase(Locale.ROOT);
        client.send(line, pacing);
    }

    private void expect(List<String> patterns) throws IOException {
        Reply reply = client.read();
        boolean codeAlone = patterns.size() == 1 && patterns.getFirst().length() == 3;
        boolean matches =
                codeAlone
                        ? patterns.getFirst().equals(Integer.toString(reply.code()))
                        : Glob.matchesLines(patterns, reply.lines());
        if (!matches) {
            throw new AssertionError(
                    "expected S: " + joined(patterns) + "\n   but got S: " + joined(reply.lines()));
        }
        follow(reply);
    }

    /// Does what a reply means for data connections.
    private void follow(Reply reply) throws IOException {
        switch (reply.code()) {
            case 227, 229 -> {
                close();
                data = Optional.of(client.connectData(client.passiveAddress(reply)));
            }
            case 200 -> {
                if (latestCommand.equals("PROT P")) {
                    client.data(client.plan().protection(DataProtection.SAME_SESSION));
                } else if (latestCommand.equals("PROT C")) {
                    client.data(client.plan().protection(DataProtection.CLEAR));
                }
            }
            default -> {}
        }
    }

    private void expectEnd(List<PeerEnd> allowed) throws IOException {
        PeerEnd end = client.awaitEnd();
        if (!allowed.contains(end)) {
            throw new AssertionError("expected an end by " + allowed + " but got " + end);
        }
    }

    private void download(List<String> patterns) throws IOException {
        byte[] content = openData().readToEnd();
        openData().finish(Ending.ORDERLY);
        String text = new String(content, StandardCharsets.UTF_8);
        boolean ended = text.isEmpty() || text.endsWith("\r\n");
        List<String> lines = List.of(text.split("\r\n", -1));
        if (!ended || !Glob.matchesLines(patterns, lines.subList(0, lines.size() - 1))) {
            throw new AssertionError(
                    "expected D> " + joined(patterns) + "\n   but got D> " + Printable.of(content));
        }
        close();
    }

    private void upload(List<String> lines) throws IOException {
        StringBuilder content = new StringBuilder();
        lines.forEach(line -> content.append(line).append("\r\n"));
        ProbeStream stream = openData().establish();
        pacing.write(stream, content.toString().getBytes(StandardCharsets.UTF_8));
        stream.finish(Ending.ORDERLY);
    }

    private ProbeData openData() {
        return data.orElseThrow(
                () -> new AssertionError("no data connection: no 227, no 229, no ${eprt}"));
    }

    private List<String> fill(List<String> texts) throws IOException {
        List<String> filled = new ArrayList<>();
        for (String text : texts) {
            filled.add(fill(text));
        }
        return filled;
    }

    private String fill(String text) throws IOException {
        StringBuilder filled = new StringBuilder();
        Matcher matcher = PLACEHOLDER.matcher(text);
        while (matcher.find()) {
            matcher.appendReplacement(filled, Matcher.quoteReplacement(value(matcher.group(1))));
        }
        return matcher.appendTail(filled).toString();
    }

    private String value(String name) throws IOException {
        String given = values.get(name);
        if (given != null) {
            return given;
        }
        return switch (name) {
            case "eprt" -> DataAddress.eprt(listen().localAddress());
            case "port" -> DataAddress.port(listen().localAddress());
            default -> throw new IllegalArgumentException("no value for ${" + name + "}");
        };
    }

    private ProbeData listen() throws IOException {
        close();
        ProbeData listening = client.listenForData();
        data = Optional.of(listening);
        return listening;
    }

    private String describe(Step step, Throwable failure) {
        return "transcript line "
                + step.at()
                + " differs, pacing "
                + pacing
                + "\nconversation so far:\n"
                + client.conversation()
                + "\n> "
                + step
                + "\n> "
                + failure.getMessage();
    }

    private static String joined(List<String> lines) {
        return String.join("\n            ", lines);
    }
}
