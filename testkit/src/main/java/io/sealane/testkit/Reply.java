package io.sealane.testkit;

import java.nio.charset.StandardCharsets;
import java.util.List;

/// One reply of the server, its lines as sent but for the CRLF: codes included.
public record Reply(int code, List<String> lines) {
    public Reply {
        lines = List.copyOf(lines);
    }

    /// Returns the text of the last line, without the code.
    public String text() {
        return lines.getLast().substring(4);
    }

    public boolean isPreliminary() {
        return code < 200;
    }

    /// Returns the lines between the first and the last.
    public List<String> body() {
        return lines.size() < 3 ? List.of() : lines.subList(1, lines.size() - 1);
    }

    /// Returns the features of a FEAT reply, without the space before each (RFC 2389 section 3.2).
    ///
    /// @throws ProtocolViolation unless each line begins with exactly one space
    public List<String> features() {
        if (code != 211) {
            throw violation("a FEAT reply has code 211");
        }
        for (String line : body()) {
            if (line.length() < 2 || line.charAt(0) != ' ' || line.charAt(1) == ' ') {
                throw violation("a FEAT line begins with exactly one space: '" + line + "'");
            }
            if (line.endsWith(" ")) {
                throw violation("a FEAT line has no empty parameter: '" + line + "'");
            }
        }
        return body().stream().map(line -> line.substring(1)).toList();
    }

    private ProtocolViolation violation(String rule) {
        String raw = String.join("\r\n", lines) + "\r\n";
        return new ProtocolViolation(rule, raw.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public String toString() {
        return String.join("\n", lines);
    }
}
