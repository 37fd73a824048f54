package io.sealane.conformance;

import io.sealane.testkit.ProbeClient;
import io.sealane.testkit.Transcript;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A file of conversations. Each begins with a line that says where it is held and how far it has
/// come when the transcript takes over, and what it shows:
///
/// ```
/// === explicit, tls, login, protect: a protected download
/// ```
///
/// The first word is a [Door] in kebab case, the others are [Lead]s. Comments may stand above the
/// first of them.
final class TranscriptFile {
    private static final Pattern HEADING = Pattern.compile("=== ([a-z-]+)((?:, [a-z]+)*): (.+)");

    private TranscriptFile() {}

    /// What is said before the transcript begins, all of it with success.
    enum Lead {
        TLS,
        LOGIN,
        PROTECT
    }

    /// How a conversation begins.
    record Opening(Door door, Set<Lead> leads) {
        ProbeClient open(TestServer server) throws IOException {
            ProbeClient client = server.greeted(door);
            try {
                if (leads.contains(Lead.TLS)) {
                    client.startTls();
                }
                if (leads.contains(Lead.LOGIN)) {
                    client.login(TestServer.USER, TestServer.PASSWORD);
                }
                return leads.contains(Lead.PROTECT) ? client.protect() : client;
            } catch (IOException | AssertionError failure) {
                client.close();
                throw failure;
            }
        }
    }

    /// One conversation.
    record Part(String title, Opening opening, Transcript transcript) {}

    static List<Part> read(Path file) {
        List<Part> parts = new ArrayList<>();
        for (String text : content(file).split("(?m)^(?==== )", -1)) {
            if (!isPreface(text)) {
                parts.add(part(file, text));
            }
        }
        return parts;
    }

    private static boolean isPreface(String text) {
        return text.lines().allMatch(line -> line.isBlank() || line.startsWith("#"));
    }

    private static Part part(Path file, String text) {
        int end = text.indexOf('\n');
        Matcher heading = HEADING.matcher(text.substring(0, Math.max(0, end)));
        if (!heading.matches()) {
            throw new IllegalArgumentException(
                    file + ": not a heading: " + text.lines().findFirst());
        }
        Set<Lead> leads = EnumSet.noneOf(Lead.class);
        for (String word : heading.group(2).split(", ", -1)) {
            if (!word.isEmpty()) {
                leads.add(Lead.valueOf(constant(word)));
            }
        }
        return new Part(
                heading.group(3),
                new Opening(Door.valueOf(constant(heading.group(1))), leads),
                Transcript.parse(text.substring(end)));
    }

    private static String constant(String word) {
        return word.toUpperCase(Locale.ROOT).replace('-', '_');
    }

    private static String content(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
