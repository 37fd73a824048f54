package io.sealane.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealane.accounts.UserName;
import io.sealane.core.data.ServerToServer;
import io.sealane.core.wire.Verb;
import io.sealane.testkit.Pacing;
import io.sealane.testkit.ProbeClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// Holds every conversation of the files in `transcripts/` and the folders in it, in three pacings
/// each. The seed of the random one is printed; `-Dsealane.seed=N` repeats it.
final class TranscriptsTest {
    private static final Path FOLDER = Path.of("src/test/resources/transcripts");
    private static final long SEED = Long.getLong("sealane.seed", System.nanoTime());

    @Test
    void every_verb_has_a_transcript() {
        assertThat(Arrays.stream(Verb.values()).map(verb -> verb.name() + ".txt"))
                .allSatisfy(name -> assertThat(FOLDER.resolve(name)).isNotEmptyFile());
    }

    @Test
    void every_transcript_says_the_verb_it_is_named_for() {
        assertThat(Arrays.stream(Verb.values()))
                .allSatisfy(verb ->
                        assertThat(Files.readString(FOLDER.resolve(verb + ".txt")))
                                .containsPattern("(?im)^\\s*C: " + verb + "\\b"));
    }

    @TestFactory
    Stream<DynamicContainer> every_conversation_goes_as_written() throws IOException {
        System.out.println("transcripts: -Dsealane.seed=" + SEED);
        TestServer server = TestServer.start(options());
        return files().map(file ->
                        DynamicContainer.dynamicContainer(
                                FOLDER.relativize(file).toString(),
                                TranscriptFile.read(file).stream()
                                        .flatMap(found -> inEachPacing(server, found))))
                .onClose(server::close);
    }

    /// With all that is off by default. Who may reach other servers is `other`.
    private static TestServer.Options options() {
        return TestServer.Options.DEFAULTS
                .with(TestHosts.LIKE_MAIN)
                .with(
                        TestServer.DataConnections.DEFAULTS.with(
                                new ServerToServer(
                                        Set.of(new UserName(TestServer.OTHER_USER)),
                                        InetAddress.ofLiteral("127.5.0.1")::equals)));
    }

    private static Stream<Path> files() {
        try (Stream<Path> found = Files.walk(FOLDER)) {
            return found.filter(Files::isRegularFile).sorted().toList().stream();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static Stream<DynamicTest> inEachPacing(TestServer server, TranscriptFile.Part part) {
        return List.of(Pacing.whole(), Pacing.byteByByte(), Pacing.randomChunks(SEED)).stream()
                .map(pacing ->
                        DynamicTest.dynamicTest(
                                part.title() + ", " + pacing, () -> hold(server, part, pacing)));
    }

    private static void hold(TestServer server, TranscriptFile.Part part, Pacing pacing)
            throws IOException {
        server.resetFiles();
        try (ProbeClient client = part.opening().open(server)) {
            part.transcript().run(client, pacing);
        }
    }
}
