package io.sealane.testkit;

import java.nio.charset.StandardCharsets;
import java.util.List;

/// A transfer towards the probe, with its content in memory.
public final class Download {
    private final byte[] content;
    private final Transfer transfer;

    Download(byte[] content, Transfer transfer) {
        this.content = content;
        this.transfer = transfer;
    }

    public byte[] content() {
        return content.clone();
    }

    public String text() {
        return new String(content, StandardCharsets.UTF_8);
    }

    /// Returns the lines of a listing, without their CRLF.
    ///
    /// @throws ProtocolViolation unless each line, the last one included, ends in CRLF
    public List<String> lines() {
        String text = text();
        if (text.isEmpty()) {
            return List.of();
        }
        String inside = text.endsWith("\r\n") ? text.substring(0, text.length() - 2) : "\n";
        List<String> lines = List.of(inside.split("\r\n", -1));
        if (lines.stream().anyMatch(line -> line.contains("\r") || line.contains("\n"))) {
            throw new ProtocolViolation("a line of a listing does not end in CRLF", content);
        }
        return lines;
    }

    public Transfer transfer() {
        return transfer;
    }

    /// As [Transfer#expect(int...)].
    public Download expect(int... codes) {
        transfer.expect(codes);
        return this;
    }

    @Override
    public String toString() {
        return transfer + " " + Printable.of(content);
    }
}
