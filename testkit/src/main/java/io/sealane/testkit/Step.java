package io.sealane.testkit;

import java.util.List;

/// One step of a transcript, with the line of the transcript where it begins.
sealed interface Step {
    int at();

    /// `C: line`.
    record Send(int at, String line) implements Step {}

    /// `C! bytes`, with escapes and without CRLF.
    record SendRaw(int at, String escaped) implements Step {}

    /// `S: code text`, for a multi-line reply all its lines.
    record Expect(int at, List<String> patterns) implements Step {}

    /// `E: end`, the end of the control connection; empty for any.
    record ExpectEnd(int at, List<PeerEnd> allowed) implements Step {}

    /// `T: handshake`.
    record Handshake(int at) implements Step {}

    /// `T: clear`.
    record Clear(int at) implements Step {}

    /// `D> line`, consecutive ones together.
    record Download(int at, List<String> patterns) implements Step {}

    /// `D< line`, consecutive ones together.
    record Upload(int at, List<String> lines) implements Step {}
}
