package io.sealane.testkit;

import java.util.ArrayDeque;
import java.util.Deque;

/// What was said on a control connection, for failure messages.
final class Conversation {
    /// Lines kept; the oldest go first. A failure is explained by what came right before it.
    private static final int LINES_MAX = 1000;

    private final Deque<String> lines = new ArrayDeque<>();
    private long dropped;

    void sent(String line) {
        add("  C: " + line);
    }

    void received(Reply reply) {
        reply.lines().forEach(line -> add("  S: " + line));
    }

    void note(String text) {
        add("  -- " + text);
    }

    private void add(String line) {
        if (lines.size() == LINES_MAX) {
            lines.removeFirst();
            dropped++;
        }
        lines.addLast(line);
    }

    @Override
    public String toString() {
        String head = dropped == 0 ? "" : "  (" + dropped + " lines before)\n";
        return head + String.join("\n", lines);
    }
}
