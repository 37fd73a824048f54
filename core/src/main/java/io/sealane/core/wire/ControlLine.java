package io.sealane.core.wire;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.util.Optional;
import java.util.Set;

/// What one line of the control connection turned out to be.
public sealed interface ControlLine {
    /// A command of the table.
    record Command(CommandLine line) implements ControlLine {}

    /// Words that are no command here.
    ///
    /// @param verb the first word, printable
    record Unknown(String verb) implements ControlLine {}

    /// What a web client says first: its request must be neither worked through line by line nor
    /// answered with anything of its own.
    ///
    /// Security: a browser that is led to this port, with a certificate that is good for both,
    /// would let an attacker speak FTP by it (ALPACA).
    record HttpRequest() implements ControlLine {}

    /// Nothing between two line ends. Interop: NAT devices inject them; they are not answered.
    record Empty() implements ControlLine {}

    /// Not a line the protocol allows.
    record Malformed(Fault fault) implements ControlLine {}

    /// The first octets of a TLS ClientHello, on a connection that is still in the clear.
    record ClientHello() implements ControlLine {}

    /// Methods of HTTP (RFC 9110 section 9), the preface of HTTP/2 (RFC 9113 section 3.4), and the
    /// one header that every request has; none is a command of FTP.
    Set<String> HTTP_WORDS =
            Set.of(
                    "GET", "HEAD", "POST", "PUT", "DELETE", "CONNECT", "OPTIONS", "TRACE", "PATCH",
                    "PRI", "Host:");

    /// Their arguments are no names of files.
    Set<Verb> CREDENTIALS = Set.of(Verb.USER, Verb.PASS, Verb.ACCT);

    enum Fault {
        TOO_LONG,
        /// NUL or another control character in it.
        CONTROL_CHARACTER,
        /// Not in the character set of names, UTF-8 as a rule.
        UNDECODABLE
    }

    /// Parses one line without its line end (RFC 959 section 5.3, RFC 2640 section 2.2).
    static ControlLine parse(byte[] octets, int length, Charset charset) {
        if (length == 0) {
            return new Empty();
        }
        String text;
        try {
            text =
                    charset.newDecoder()
                            .onMalformedInput(CodingErrorAction.REPORT)
                            .onUnmappableCharacter(CodingErrorAction.REPORT)
                            .decode(ByteBuffer.wrap(octets, 0, length))
                            .toString();
        } catch (CharacterCodingException notUtf8) {
            return new Malformed(Fault.UNDECODABLE);
        }
        if (text.chars().anyMatch(c -> c < ' ' && c != '\t')) {
            return new Malformed(Fault.CONTROL_CHARACTER);
        }
        return words(text, charset);
    }

    private static ControlLine words(String text, Charset charset) {
        String line = Blanks.behind(text);
        if (line.isEmpty()) {
            return new Empty();
        }
        int space = line.indexOf(' ');
        String name = space < 0 ? line : line.substring(0, space);
        String argument = space < 0 ? "" : line.substring(space + 1);
        Optional<Verb> verb = Verb.named(name);
        if (verb.isEmpty() && HTTP_WORDS.contains(name)) {
            return new HttpRequest();
        }
        if (verb.isEmpty()) {
            return new Unknown(CommandLine.printableWord(name));
        }
        return new Command(
                new CommandLine(
                        verb.get(),
                        CREDENTIALS.contains(verb.get())
                                ? argument
                                : NameCharsets.decodeName(argument, charset)));
    }
}
