package io.sealane.core.wire;

import io.sealane.core.wire.ClientHello.Parsed;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// A ClientHello in the format of SSL 2, which says what it offers of later versions too: OpenSSL
/// before 1.0 and devices of that time begin so. RFC 5246 appendix E.2.
final class Ssl2ClientHello {
    /// The record's two octets of length, the type, version, and three lengths of two.
    private static final int HEADER_OCTETS = 11;

    private static final byte FIRST_OCTET = (byte) 0x80;
    private static final int LENGTH_OCTETS = 2;
    private static final byte TYPE = 1;

    private static final int SPEC_OCTETS = 3;

    private Ssl2ClientHello() {}

    /// Whether it begins as one of fewer than 256 octets, of a record of SSL 2 without padding. No
    /// record of TLS and no line of FTP begins so.
    static boolean mayBegin(ByteBuffer octets) {
        return octets.hasRemaining() && octets.get(octets.position()) == FIRST_OCTET;
    }

    /// As [ClientHello#parse], of octets that [#mayBegin] is true of.
    static Parsed parse(ByteBuffer octets) {
        ByteBuffer in = octets.slice();
        if (in.remaining() < HEADER_OCTETS) {
            return new Parsed.Begun(HEADER_OCTETS - in.remaining());
        }
        int length = LENGTH_OCTETS + (in.getShort() & 0x7FFF);
        if (in.get() != TYPE) {
            return new Parsed.Broken("not a handshake record");
        }
        int version = in.getShort() & 0xFFFF;
        int specOctets = in.getShort() & 0xFFFF;
        int idOctets = in.getShort() & 0xFFFF;
        int challengeOctets = in.getShort() & 0xFFFF;
        if (specOctets % SPEC_OCTETS != 0
                || length != HEADER_OCTETS + specOctets + idOctets + challengeOctets) {
            return new Parsed.Broken("a ClientHello of SSL 2 whose lengths do not fit");
        }
        if (octets.remaining() < length) {
            return new Parsed.Begun(length - octets.remaining());
        }
        return new Parsed.Whole(
                new ClientHello(
                        List.of(version),
                        suites(in.slice(HEADER_OCTETS, specOctets)),
                        List.of(),
                        List.of(),
                        List.of(),
                        Optional.empty(),
                        List.of(),
                        Set.of()));
    }

    /// Those of later versions; SSL 2's own have a first octet other than 0.
    private static List<Integer> suites(ByteBuffer specs) {
        List<Integer> all = new ArrayList<>();
        while (specs.hasRemaining()) {
            int ssl2 = specs.get();
            int code = specs.getShort() & 0xFFFF;
            if (ssl2 == 0) {
                all.add(code);
            }
        }
        return all;
    }
}
