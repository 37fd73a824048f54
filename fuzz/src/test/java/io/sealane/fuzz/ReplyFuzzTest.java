package io.sealane.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.DictionaryEntries;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.sealane.core.wire.Printable;
import io.sealane.core.wire.Reply;
import io.sealane.core.wire.Verb;
import io.sealane.testkit.ReplyParser;
import io.sealane.vfs.VirtualPath;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;

/// Replies that repeat what strangers sent, or what stands on a disk.
final class ReplyFuzzTest {
    /// What the testkit's parser, which stands for clients, takes as one line.
    private static final int LINE_OCTETS_MAX = 16 * 1024;

    private static final int PRINTABLE_CHARS_MAX = 515;

    @FuzzTest
    @DictionaryEntries({"\\x0d\\x0a", "230 ", "\\x22", "\\x1b[2J", "\\xc2\\x85", "\\x00"})
    void a_reply_is_one_reply_whatever_it_quotes(byte[] octets) {
        check(CleanText.of(octets));
        check(CleanText.ofPairs(octets));
    }

    private static void check(String text) {
        CleanText.assertOneLine(Printable.escape(text), PRINTABLE_CHARS_MAX);
        replies(text).forEach(ReplyFuzzTest::assertOneReply);
        VirtualPath.resolve(VirtualPath.ROOT, text).ifPresent(ReplyFuzzTest::assertPath);
    }

    private static Stream<Reply> replies(String text) {
        return Stream.of(
                Reply.greeting(text),
                Reply.currentDirectory(text),
                Reply.directoryCreated(text),
                Reply.directoryChanged(text),
                Reply.fileActionDone(text),
                Reply.parameterSet(text),
                Reply.fileStatus(text),
                Reply.enteringPassive(text),
                Reply.openingData(Verb.RETR, text, OptionalLong.of(text.length())),
                Reply.openingData(Verb.STOU, text, OptionalLong.empty()),
                Reply.transferComplete(text),
                Reply.noDataConnection(text),
                Reply.transferBroken(text),
                Reply.idleTooLong(text),
                Reply.loginTooSlow(text),
                Reply.tooManySessions(text, 5),
                Reply.help(text),
                Reply.optionRefused(text),
                Reply.defect(text),
                Reply.listing(211, text, text.lines().limit(100).toList(), text),
                Reply.listing(250, text, List.of(text), "End"));
    }

    private static void assertOneReply(Reply reply) {
        byte[] octets = reply.encode(StandardCharsets.UTF_8);
        String wire = new String(octets, StandardCharsets.UTF_8);
        assertThat(wire.getBytes(StandardCharsets.UTF_8)).as("UTF-8").isEqualTo(octets);
        assertThat(ReplyParser.parse(octets))
                .singleElement()
                .satisfies(parsed -> {
                    assertThat(parsed.code()).isEqualTo(reply.code());
                    assertThat(parsed.lines()).hasSameSizeAs(reply.lines());
                });
        for (String line : wire.substring(0, wire.length() - 2).split("\r\n", -1)) {
            assertThat(line.length()).isLessThanOrEqualTo(LINE_OCTETS_MAX);
            assertThat(line.chars().filter(ReplyFuzzTest::isNoPartOfAPath).boxed())
                    .as("control characters in %s", line)
                    .isEmpty();
        }
        CleanText.assertOneLine(reply.toString(), LINE_OCTETS_MAX);
    }

    /// RFC 959 appendix II: what stands between the quotes is the path, or a client is somewhere
    /// else than it believes.
    private static void assertPath(VirtualPath path) {
        StringBuilder shown = new StringBuilder();
        path.toString().chars().forEach(c -> shown.append(isNoPartOfAPath(c) ? '?' : (char) c));
        String quoted = shown.toString().replace("\"", "\"\"");
        assertThat(Reply.currentDirectory(path.toString()).encode(StandardCharsets.UTF_8))
                .asString(StandardCharsets.UTF_8)
                .isEqualTo(wellFormed("257 \"" + quoted + "\" is the current directory.\r\n"));
    }

    /// A command may name anything else, and a reply has to say what it named.
    private static boolean isNoPartOfAPath(int character) {
        return character < ' ' && character != '\t';
    }

    private static String wellFormed(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }
}
