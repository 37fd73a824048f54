package io.sealane.conformance.model;

import io.sealane.testkit.Reply;
import java.nio.charset.StandardCharsets;

/// How long the lines of replies may be: clients of old read them into 512 octets, line end
/// included. Only a path that the client is to take from a line may make it longer.
final class ReplyLines {
    private static final int OCTETS_MAX = 512;
    private static final int LINE_END_OCTETS = 2;

    private ReplyLines() {}

    static void requireShort(Reply reply) {
        for (String line : reply.lines()) {
            int octets = line.getBytes(StandardCharsets.UTF_8).length + LINE_END_OCTETS;
            if (octets > OCTETS_MAX && !holdsPath(reply, line)) {
                throw new AssertionError("a line of " + octets + " octets: " + line);
            }
        }
    }

    private static boolean holdsPath(Reply reply, String line) {
        return switch (reply.code()) {
            case 257 -> true;
            case 213, 250 -> line.contains("; /");
            case 150 -> line.startsWith("150 FILE: ");
            default -> false;
        };
    }
}
