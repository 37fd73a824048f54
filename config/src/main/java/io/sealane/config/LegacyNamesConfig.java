package io.sealane.config;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// Names in another character set than UTF-8, for clients that know no other.
///
/// @param charset one that has ASCII as it is; UTF-8 means that there is no other
/// @param clients who begin with it; everybody else may go over to it by `OPTS UTF8 OFF`; at most
///   [#CLIENTS_MAX]
public record LegacyNamesConfig(Charset charset, List<CidrBlock> clients) {
    /// Looked through once for each connection: some dozens are plenty.
    public static final int CLIENTS_MAX = 256;

    public static final LegacyNamesConfig DEFAULTS =
            new LegacyNamesConfig(StandardCharsets.UTF_8, List.of());

    private static final int ASCII_END = 128;

    public LegacyNamesConfig {
        clients = List.copyOf(clients);
        new Bounds<>(0, CLIENTS_MAX).require("number of clients", clients.size());
        if (!hasAscii(charset)) {
            throw new IllegalArgumentException("not a superset of ASCII: " + charset);
        }
    }

    /// Whether commands are the same octets in it as in ASCII.
    static boolean hasAscii(Charset charset) {
        if (!charset.canEncode()) {
            return false;
        }
        for (char letter = 0; letter < ASCII_END; letter++) {
            byte[] octets = String.valueOf(letter).getBytes(charset);
            if (octets.length != 1 || octets[0] != letter) {
                return false;
            }
        }
        return true;
    }
}
