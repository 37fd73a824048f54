package io.sealane.server.doctor;

import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// How a server answers the levels of PROT (RFC 2228 section 3, RFC 4217 section 9). Immutable.
final class ProtLevels {
    private final Map<Level, Reply> replies;

    private ProtLevels(Map<Level, Reply> replies) {
        this.replies = replies;
    }

    private enum Level {
        C,
        S,
        E,
        P
    }

    /// Asks for all levels, P last, so that the connection is left with it.
    static ProtLevels ask(FtpControl control) throws IOException {
        control.say("PBSZ 0");
        Map<Level, Reply> replies = new EnumMap<>(Level.class);
        for (Level level : Level.values()) {
            replies.put(level, control.say("PROT " + level));
        }
        return new ProtLevels(replies);
    }

    private Reply reply(Level level) {
        Reply reply = replies.get(level);
        if (reply == null) {
            throw new IllegalStateException("PROT " + level + " was not asked");
        }
        return reply;
    }

    /// Whether the server wants a login before it says anything of use.
    boolean needLogin() {
        int code = reply(Level.P).code();
        return code == 530 || code == 503;
    }

    boolean acceptClear() {
        return reply(Level.C).isGood();
    }

    /// Notes everything but what is said of [#acceptClear].
    void report(Notebook notes) {
        notes.add(Finding.PROT_LEVELS, codes());
        if (!reply(Level.P).isGood()) {
            notes.add(Finding.PROT_P_REFUSED, reply(Level.P).shown());
        }
        if (reply(Level.S).isGood() || reply(Level.E).isGood()) {
            notes.add(Finding.PROT_MISLEADING, codes());
        }
        if (!acceptClear()) {
            notes.add(Finding.CLEAR_DATA_REFUSED, "PROT C: " + reply(Level.C).shown());
        }
    }

    private String codes() {
        List<String> codes = new ArrayList<>();
        replies.forEach((level, reply) -> codes.add(level + " " + reply.code()));
        return String.join(", ", codes);
    }
}
