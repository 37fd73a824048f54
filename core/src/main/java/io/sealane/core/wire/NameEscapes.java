package io.sealane.core.wire;

import java.nio.charset.Charset;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// How names show characters that a legacy character set does not have: as `{U+1F600}`, with four
/// to six capital hexadecimal digits. A client sends back what it was shown, and means the same
/// name by it: a question mark, or the octets of another set, could be another file's name.
///
/// A `{` before `U+` is shown as `{U+007B}`, so that no two names look the same.
final class NameEscapes {
    private static final String BEGINNING = "{U+";

    private static final byte TELNET_IAC = (byte) 0xFF;

    private static final Pattern ESCAPE = Pattern.compile("\\{U\\+([0-9A-F]{4,6})}");

    private NameEscapes() {}

    /// @return `line`, of characters that go into `charset` and come back the same
    static String escape(String line, Charset charset) {
        if (!line.contains(BEGINNING) && isKept(line, charset)) {
            return line;
        }
        StringBuilder escaped = new StringBuilder();
        int at = 0;
        while (at < line.length()) {
            int character = line.codePointAt(at);
            if (line.startsWith(BEGINNING, at) || !isKept(Character.toString(character), charset)) {
                escaped.append(String.format("{U+%04X}", character));
            } else {
                escaped.appendCodePoint(character);
            }
            at += Character.charCount(character);
        }
        return escaped.toString();
    }

    /// Undoes [#escape]. What that would not have put there stays as it is: so no separator and no
    /// control character comes out of an escape.
    static String unescape(String text, Charset charset) {
        return text.contains(BEGINNING)
                ? ESCAPE.matcher(text).replaceAll(escape -> unescaped(escape, charset))
                : text;
    }

    private static String unescaped(MatchResult escape, Charset charset) {
        int value = Integer.parseInt(escape.group(1), 16);
        boolean isOurs =
                Character.isValidCodePoint(value)
                        && (value == '{' || !isKept(Character.toString(value), charset));
        return Matcher.quoteReplacement(isOurs ? Character.toString(value) : escape.group());
    }

    /// Some sets take a character and give back another: a yen sign of Shift_JIS is a backslash. An
    /// octet 0xFF is Telnet's IAC: what clients send of it arrives as less.
    private static boolean isKept(String text, Charset charset) {
        byte[] octets = text.getBytes(charset);
        for (byte octet : octets) {
            if (octet == TELNET_IAC) {
                return false;
            }
        }
        return new String(octets, charset).equals(text);
    }
}
