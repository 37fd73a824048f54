package io.sealane.vfs.local;

import io.sealane.vfs.ReservedNames;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Which names of a host directory a listing shows: those that a path can express, so that whatever
/// is listed can also be addressed. Left out are the reserved ones, and those that are not UTF-8 or
/// hold a control character, a tab apart.
final class ListedNames {
    private static final char REPLACEMENT = '\uFFFD';

    private ListedNames() {}

    /// @param name empty if it was not decodable
    static boolean isListed(String name) {
        return isExpressible(name)
                && !name.equals(".")
                && !name.equals("..")
                && !ReservedNames.isReserved(name);
    }

    /// Whether a command can name it.
    ///
    /// @param name empty if it was not decodable
    static boolean isExpressible(String name) {
        for (int index = 0; index < name.length(); index++) {
            char letter = name.charAt(index);
            if (letter < ' ' && letter != '\t') {
                return false;
            }
        }
        return !name.isEmpty();
    }

    /// Says whether `name` may have been decoded from bytes that are not UTF-8.
    static boolean mayBeMisread(String name) {
        return name.indexOf(REPLACEMENT) >= 0;
    }

    static boolean isEncodedAs(String name, byte[] bytes, int length) {
        byte[] encoded = name.getBytes(StandardCharsets.UTF_8);
        return Arrays.equals(encoded, 0, encoded.length, bytes, 0, length);
    }
}
