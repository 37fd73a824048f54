package io.sealane.core.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class AsciiConversionTest {
    /// Converts in pieces of random size.
    private static String convert(String text, boolean toWire, Random random) {
        AsciiConversion conversion = new AsciiConversion();
        ByteArrayOutputStream result = new ByteArrayOutputStream();
        byte[] octets = text.getBytes(StandardCharsets.ISO_8859_1);
        ByteBuffer target = ByteBuffer.allocate(2 + random.nextInt(3));
        int at = 0;
        while (at < octets.length) {
            int length = Math.min(octets.length - at, 1 + random.nextInt(3));
            ByteBuffer source = ByteBuffer.wrap(octets, at, length);
            while (source.hasRemaining()) {
                if (toWire) {
                    conversion.toWire(source, target);
                } else {
                    conversion.toStore(source, target);
                }
                drain(target, result);
            }
            at += length;
        }
        if (!toWire) {
            conversion.finishStore(target);
            drain(target, result);
        }
        return result.toString(StandardCharsets.ISO_8859_1);
    }

    private static void drain(ByteBuffer from, ByteArrayOutputStream to) {
        from.flip();
        while (from.hasRemaining()) {
            to.write(from.get());
        }
        from.clear();
    }

    @ParameterizedTest
    @CsvSource({"a%b,a$b", "a$b,a$b", "%%,$$", "a^b,a^b", "^^%,^^%", "'',''"})
    void the_store_becomes_the_wire(String stored, String wire) {
        assertThat(convert(decode(stored), true, new Random(1))).isEqualTo(decode(wire));
    }

    @ParameterizedTest
    @CsvSource({"a$b,a%b", "a%b,a%b", "a^b,a^b", "^^%,^%", "a^,a^", "'',''"})
    void the_wire_becomes_the_store(String wire, String stored) {
        assertThat(convert(decode(wire), false, new Random(1))).isEqualTo(decode(stored));
    }

    @Test
    void text_of_lines_survives_both_ways_at_any_buffer_edge() {
        for (int seed = 0; seed < 500; seed++) {
            Random random = new Random(seed);
            StringBuilder text = new StringBuilder();
            for (int i = 0; i < 50; i++) {
                text.append("ab\n".charAt(random.nextInt(3)));
            }
            String wire = convert(text.toString(), true, random);
            assertThat(wire).as("seed %d", seed).isEqualTo(text.toString().replace("\n", "\r\n"));
            assertThat(convert(wire, false, random))
                    .as("seed %d", seed)
                    .hasToString(text.toString());
        }
    }

    /// `%` is LF, `^` is CR, `$` is CRLF.
    private static String decode(String text) {
        return text.replace("$", "\r\n").replace("%", "\n").replace("^", "\r");
    }
}
