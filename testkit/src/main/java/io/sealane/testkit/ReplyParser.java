package io.sealane.testkit;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Cuts the server's bytes into replies and forgives nothing (RFC 959 section 4.2):
/// - a line ends in CRLF; no CR or LF or NUL stands alone; text is UTF-8 (RFC 2640);
/// - a reply begins with a code from 100 to 599 and a space, or a hyphen where lines follow;
/// - in between, a line with the same code and a space is the last; one with the same code and a
///   hyphen goes on; any other that begins with exactly three digits had to be indented.
///
/// Feed it byte by byte; it does no I/O.
public final class ReplyParser {
    /// Longest line accepted. A reply that quotes a path of 4,096 bytes, all quotes doubled, fits.
    static final int LINE_BYTES_MAX = 16 * 1024;

    /// Longest reply accepted. STAT of a folder with 20,000 entries takes some 2 MiB.
    static final int REPLY_BYTES_MAX = 16 * 1024 * 1024;

    private final ByteArrayOutputStream raw = new ByteArrayOutputStream();
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private final List<String> lines = new ArrayList<>();
    private int code;
    private int previous = -1;

    /// Takes one byte and returns the reply that it completes, if it does.
    ///
    /// @throws ProtocolViolation at the first byte that breaks a rule
    public Optional<Reply> accept(byte octet) {
        int value = octet & 0xFF;
        raw.write(value);
        if (raw.size() > REPLY_BYTES_MAX) {
            throw violation("a reply is longer than " + REPLY_BYTES_MAX + " bytes");
        }
        int before = previous;
        previous = value;
        if (before == '\r') {
            if (value != '\n') {
                throw violation("a CR without LF");
            }
            return endOfLine();
        }
        switch (value) {
            case '\r' -> {}
            case '\n' -> throw violation("a line ends in LF without CR");
            case 0 -> throw violation("a NUL in a reply");
            default -> line.write(value);
        }
        if (line.size() > LINE_BYTES_MAX) {
            throw violation("a line is longer than " + LINE_BYTES_MAX + " bytes");
        }
        return Optional.empty();
    }

    /// Tells whether no reply is half read.
    public boolean isBetweenReplies() {
        return raw.size() == 0;
    }

    /// Says that no more bytes come.
    ///
    /// @throws EarlyEnd inside a reply
    public void end() {
        if (!isBetweenReplies()) {
            throw new EarlyEnd("the stream ended inside a reply", raw.toByteArray());
        }
    }

    /// Parses bytes that hold whole replies and nothing else.
    public static List<Reply> parse(byte[] bytes) {
        ReplyParser parser = new ReplyParser();
        List<Reply> replies = new ArrayList<>();
        for (byte octet : bytes) {
            parser.accept(octet).ifPresent(replies::add);
        }
        parser.end();
        return List.copyOf(replies);
    }

    private Optional<Reply> endOfLine() {
        previous = -1;
        String text = decode(line.toByteArray());
        line.reset();
        return lines.isEmpty() ? firstLine(text) : laterLine(text);
    }

    private Optional<Reply> firstLine(String text) {
        if (!beginsWithThreeDigits(text)) {
            throw violation("a reply begins with a three-digit code");
        }
        code = Integer.parseInt(text.substring(0, 3));
        if (code < 100 || code > 599) {
            throw violation("a reply code is from 100 to 599");
        }
        lines.add(text);
        char separator = text.length() > 3 ? text.charAt(3) : 0;
        return switch (separator) {
            case ' ' -> complete();
            case '-' -> Optional.empty();
            default -> throw violation("a space or a hyphen follows the code");
        };
    }

    private Optional<Reply> laterLine(String text) {
        lines.add(text);
        if (!beginsWithThreeDigits(text)) {
            return Optional.empty();
        }
        char separator = text.length() > 3 ? text.charAt(3) : 0;
        boolean sameCode = Integer.parseInt(text.substring(0, 3)) == code;
        if (sameCode && separator == ' ') {
            return complete();
        }
        if ((sameCode && separator == '-') || isDigit(separator)) {
            return Optional.empty();
        }
        throw violation("a line inside a reply that begins with three digits is to be indented");
    }

    private Optional<Reply> complete() {
        Reply reply = new Reply(code, lines);
        lines.clear();
        raw.reset();
        return Optional.of(reply);
    }

    private String decode(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException _) {
            throw violation("a reply is not UTF-8");
        }
    }

    private static boolean beginsWithThreeDigits(String text) {
        return text.length() >= 3
                && isDigit(text.charAt(0))
                && isDigit(text.charAt(1))
                && isDigit(text.charAt(2));
    }

    private static boolean isDigit(char character) {
        return character >= '0' && character <= '9';
    }

    private ProtocolViolation violation(String rule) {
        return new ProtocolViolation(rule, raw.toByteArray());
    }
}
