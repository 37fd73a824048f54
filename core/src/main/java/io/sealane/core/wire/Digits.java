package io.sealane.core.wire;

/// Numbers in columns of fixed width, written without making a string of each.
final class Digits {
    private Digits() {}

    /// Appends a number from 0 on with zeros in front, to at least `width` digits.
    static void padWithZeros(StringBuilder line, long number, int width) {
        line.repeat('0', Math.max(0, width - count(number))).append(number);
    }

    /// Appends a number from 0 to 99 as two digits.
    static void pair(StringBuilder line, int number) {
        line.append((char) ('0' + number / 10)).append((char) ('0' + number % 10));
    }

    /// Appends a number from 0 on with blanks in front, to at least `width` characters.
    static void alignRight(StringBuilder line, long number, int width) {
        line.repeat(' ', Math.max(0, width - count(number))).append(number);
    }

    private static int count(long number) {
        int digits = 1;
        for (long rest = number / 10; rest > 0; rest /= 10) {
            digits++;
        }
        return digits;
    }
}
