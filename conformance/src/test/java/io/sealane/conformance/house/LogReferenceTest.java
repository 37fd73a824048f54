package io.sealane.conformance.house;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealane.accounts.AuthResult;
import io.sealane.core.data.DataConnectionException;
import io.sealane.core.event.Event;
import io.sealane.core.session.Ending;
import io.sealane.core.tls.HandshakeReason;
import io.sealane.core.transfer.TransferResult;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The page that tells what the log says has every event, every key and every reason code.
final class LogReferenceTest {
    private static final String PAGE = page();
    private static final Pattern NOTE =
            Pattern.compile("Level\\.(?:INFO|WARNING|ERROR),\\s*\"([a-z]+(?:-[a-z]+)*)\"");

    @Test
    void every_event_has_its_row_and_every_key_is_in_it() {
        assertThat(Event.class.getPermittedSubclasses())
                .allSatisfy(event -> {
                    String keys =
                            keys(event)
                                    .map(key -> "`" + kebab(key) + "`")
                                    .collect(Collectors.joining(" "));
                    assertThat(rows("`" + kebab(event.getSimpleName()) + "`"))
                            .filteredOn(row -> row.contains("| " + keys + " |"))
                            .hasSize(1);
                });
    }

    @Test
    void every_note_has_its_row() {
        List<String> notes =
                Checkout.here().files().stream()
                        .filter(file -> file.path().startsWith("server/src/main/java/"))
                        .flatMap(file -> NOTE.matcher(file.text()).results())
                        .map((MatchResult note) -> note.group(1))
                        .distinct()
                        .toList();
        assertThat(notes).hasSizeGreaterThan(10);
        assertThat(notes)
                .allSatisfy(note -> assertThat(rows("Notes", "`" + note + "`")).hasSize(1));
    }

    @Test
    void every_reason_of_a_handshake_has_its_row() {
        assertThat(HandshakeReason.values())
                .allSatisfy(reason -> {
                    String code =
                            reason == HandshakeReason.CLIENT_ALERT
                                            || reason == HandshakeReason.SERVER_ALERT
                                    ? reason.code() + "-..."
                                    : reason.code();
                    assertThat(rows("Failed handshakes", "`" + code + "`")).hasSize(1);
                });
    }

    @Test
    void every_end_of_a_transfer_has_its_row() {
        assertThat(TransferResult.Cause.values())
                .allSatisfy(cause ->
                        assertThat(rows("`" + new TransferResult.Broken(cause).code() + "`"))
                                .isNotEmpty());
        assertThat(DataConnectionException.Reason.values())
                .allSatisfy(reason ->
                        assertThat(PAGE).contains("| `" + reason.code().replaceAll("/.*", "")));
    }

    @Test
    void the_ends_of_sessions_are_those_that_there_are() {
        String list = between("`reason` of `session-closed`: ", ", or the reason of a");
        assertThat(Pattern.compile("`([a-z-]+)`").matcher(list).results())
                .extracting(code -> code.group(1))
                .containsExactlyInAnyOrderElementsOf(
                        Arrays.stream(Ending.Known.values()).map(Ending.Known::code).toList());
    }

    @Test
    void every_reason_of_a_refused_login_is_told() {
        String list = between("`reason` of `login-refused` is ", "\n\n");
        assertThat(AuthResult.Reason.values())
                .allSatisfy(reason ->
                        assertThat(list)
                                .contains(
                                        "`"
                                                + reason.name()
                                                        .toLowerCase(Locale.ROOT)
                                                        .replace('_', '-')
                                                + "`"));
    }

    private static Stream<String> keys(Class<?> record) {
        return Arrays.stream(record.getRecordComponents())
                .flatMap((RecordComponent part) ->
                        part.getType().isRecord()
                                ? keys(part.getType())
                                : Stream.of(part.getName()));
    }

    private static String between(String start, String end) {
        int from = PAGE.indexOf(start) + start.length();
        assertThat(from).isGreaterThanOrEqualTo(start.length());
        return PAGE.substring(from, PAGE.indexOf(end, from));
    }

    private static List<String> rows(String section, String first) {
        String text = PAGE.substring(PAGE.indexOf("\n## " + section + "\n") + 1);
        int end = text.indexOf("\n## ");
        return rows(first, (end < 0 ? text : text.substring(0, end)).lines());
    }

    private static List<String> rows(String first) {
        return rows(first, PAGE.lines());
    }

    private static List<String> rows(String first, Stream<String> lines) {
        return lines.filter(line -> line.startsWith("| " + first + " |")).toList();
    }

    private static String kebab(String name) {
        return name.replaceAll("([a-z])([A-Z])", "$1-$2").toLowerCase(Locale.ROOT);
    }

    private static String page() {
        try {
            return Files.readString(Checkout.here().root().resolve("docs/reference/log.md"));
        } catch (IOException missing) {
            throw new IllegalStateException(missing);
        }
    }
}
