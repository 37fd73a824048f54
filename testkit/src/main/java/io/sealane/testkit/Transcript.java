package io.sealane.testkit;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// A conversation as text, to be held with a server.
///
/// ```
/// # comment                      ignored, as are empty lines; indentation is stripped
/// C: USER ${user}                sent with CRLF; ${name} is replaced by what with() gave
/// S: 331 Password...             one reply: code, then text, where ... is any text
/// S: 220                         a code alone: any text, one line or many
/// S: 211-Features:               a reply of many lines is written out,
/// S:  UTF8                       each line behind one space,
/// S: ...                         a line that is ... stands for any number of lines,
/// S: 211 End
/// C! NOOP\n                      sent as it is, without CRLF; \r \n \t \0 \\ \xff
/// T: handshake                   the TLS handshake, after the 234 to AUTH TLS
/// T: clear                       the end of TLS in both directions, after the 200 to CCC
/// E: fin                         no more bytes; ends by close_notify, fin, reset or any
/// C: EPSV
/// S: 229                         a 227 or 229 connects the data connection
/// C: EPRT ${eprt}                ${eprt}, ${port}: the argument for EPRT or PORT; listens
/// D> -rw-...notes.txt            a download, read to its end: all its lines, CRLF-ended
/// D< hello                       an upload: all its lines, CRLF-ended, then an orderly end
/// D>                             alone and empty: a stream without a byte
/// ```
///
/// A 200 to PROT P or PROT C switches TLS of the data connections on or off. TLS there begins with
/// the first D line, which may stand before or behind the 150. Immutable.
public final class Transcript {
    private final List<Step> steps;
    private final Map<String, String> values;

    private Transcript(List<Step> steps, Map<String, String> values) {
        this.steps = steps;
        this.values = Map.copyOf(values);
    }

    /// @throws IllegalArgumentException naming the line that is not part of the language above
    public static Transcript parse(String text) {
        return new Transcript(TranscriptParser.parse(text), Map.of());
    }

    /// Gives `${name}` its value.
    public Transcript with(String name, String value) {
        Map<String, String> more = new HashMap<>(values);
        more.put(name, value);
        return new Transcript(steps, more);
    }

    /// Holds the conversation on a connected client. The client stays open and the caller's.
    ///
    /// @throws TranscriptMismatch at the first line that differs
    public void run(ProbeClient client, Pacing pacing) throws IOException {
        try (TranscriptRun run = new TranscriptRun(client, pacing, values)) {
            for (Step step : steps) {
                run.play(step);
            }
        }
    }
}
