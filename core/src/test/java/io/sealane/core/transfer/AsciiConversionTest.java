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
    /// Some pieces are shorter than one step of the conversion, some are several steps long.
    private static final int PIECE_MAX = 80;

    private static final long SEED = Long.getLong("sealane.seed", System.nanoTime());

    /// Converts in pieces of random size.
    private static String convert(String text, boolean toWire, Random random) {
        AsciiConversion conversion = new AsciiConversion();
        ByteArrayOutputStream result = new ByteArrayOutputStream();
        byte[] octets = text.getBytes(StandardCharsets.ISO_8859_1);
        ByteBuffer target = ByteBuffer.allocate(2 + random.nextInt(PIECE_MAX));
        int at = 0;
        while (at < octets.length) {
            int length = Math.min(octets.length - at, 1 + random.nextInt(PIECE_MAX));
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

    /// The model: what an editor's search and replace would make of the whole.
    @Test
    void any_mix_of_line_ends_becomes_what_the_model_says() {
        System.out.println("line ends: -Dsealane.seed=" + SEED);
        Random random = new Random(SEED);
        for (int round = 0; round < 20_000; round++) {
            String text = mix(random);
            assertThat(convert(text, true, random))
                    .as("to the wire, seed %d, round %d", SEED, round)
                    .isEqualTo(text.replaceAll("(?<!\r)\n", "\r\n"));
            assertThat(convert(text, false, random))
                    .as("to the store, seed %d, round %d", SEED, round)
                    .isEqualTo(text.replace("\r\n", "\n"));
        }
    }

    /// Up to two hundred octets of any value, one in two to one in sixty of them CR or LF.
    private static String mix(Random random) {
        int lineEndOneIn = 2 + random.nextInt(59);
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(200); i > 0; i--) {
            boolean lineEnd = random.nextInt(lineEndOneIn) == 0;
            text.append(lineEnd ? "\r\n".charAt(random.nextInt(2)) : (char) random.nextInt(256));
        }
        return text.toString();
    }

    /// `%` is LF, `^` is CR, `$` is CRLF.
    private static String decode(String text) {
        return text.replace("$", "\r\n").replace("%", "\n").replace("^", "\r");
    }
}
