package io.sealane.server.doctor;

import io.sealane.core.wire.Printable;
import java.util.List;
import java.util.regex.Pattern;

/// A reply (RFC 959 section 4.2).
///
/// @param code 100 to 659
/// @param lines as they came, without their ends; one at least
record Reply(int code, List<String> lines) {
    /// Longest text of a reply that is shown, in characters.
    private static final int SHOWN_MAX = 100;

    /// What has no shape of its own, as the characters that turn the direction of writing.
    private static final Pattern UNSEEN =
            Pattern.compile("[\\p{Cf}\\p{Cn}\\p{Co}\\p{Cs}\\p{Zl}\\p{Zp}]");

    Reply {
        lines = List.copyOf(lines);
    }

    boolean isPreliminary() {
        return code < 200;
    }

    boolean isGood() {
        return code >= 200 && code < 300;
    }

    boolean isRefusal() {
        return code >= 400 && code < 600;
    }

    /// The last line, in printable characters, cut where it is long.
    String shown() {
        return Reply.shown(lines.getLast());
    }

    /// Text from outside, so that it steers no terminal and fills no page.
    static String shown(String text) {
        String clean = UNSEEN.matcher(Printable.escape(text)).replaceAll("?").strip();
        if (clean.length() <= SHOWN_MAX) {
            return clean;
        }
        int end = Character.isHighSurrogate(clean.charAt(SHOWN_MAX - 1)) ? 1 : 0;
        return clean.substring(0, SHOWN_MAX - end) + "...";
    }
}
