package io.sealane.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;

/// Text that octets of the fuzzer stand for, and what text from strangers must look like once the
/// server shows it.
final class CleanText {
    private CleanText() {}

    /// The text of octets that came over the wire; what is not UTF-8 becomes U+FFFD.
    static String of(byte[] octets) {
        return new String(octets, StandardCharsets.UTF_8);
    }

    /// Two octets for each character, so that unpaired surrogates are among them: names on a disk
    /// may become such strings.
    static String ofPairs(byte[] octets) {
        StringBuilder text = new StringBuilder();
        for (int at = 0; at + 1 < octets.length; at += 2) {
            text.append((char) ((octets[at] & 0xFF) << 8 | (octets[at + 1] & 0xFF)));
        }
        return text.toString();
    }

    /// One line that can repaint no terminal and forge no log entry.
    static void assertOneLine(String shown, int charsMax) {
        assertThat(shown.length()).as("length of %s", shown).isLessThanOrEqualTo(charsMax);
        assertThat(shown.chars().filter(Character::isISOControl).boxed())
                .as("control characters in %s", shown)
                .isEmpty();
    }
}
