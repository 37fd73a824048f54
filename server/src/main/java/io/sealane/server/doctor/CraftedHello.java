package io.sealane.server.doctor;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SNIHostName;

/// A ClientHello made by hand, for what the JDK does not offer (RFC 5246 section 7.4.1.2, RFC 8446
/// section 4.1.2).
///
/// @param suites by preference
/// @param groups by preference; empty leaves the extension out
/// @param shares groups with a key share in TLS 1.3; none makes the server say in a
///   HelloRetryRequest which group it wants
record CraftedHello(
        TlsVersion version,
        List<Integer> suites,
        List<Group> groups,
        List<Group> shares,
        Optional<SNIHostName> serverName) {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int RANDOM_OCTETS = 32;
    private static final int HANDSHAKE_RECORD = 22;
    private static final int CLIENT_HELLO = 1;

    private static final int SERVER_NAME = 0;
    private static final int SUPPORTED_GROUPS = 10;
    private static final int POINT_FORMATS = 11;
    private static final int SIGNATURE_ALGORITHMS = 13;
    private static final int SUPPORTED_VERSIONS = 43;
    private static final int PSK_MODES = 45;
    private static final int KEY_SHARE = 51;
    private static final int RENEGOTIATION = 0xFF01;

    /// ECDSA, RSA-PSS, EdDSA, RSA PKCS#1, and SHA-1 last.
    private static final List<Integer> SIGNATURES =
            List.of(
                    0x0403, 0x0503, 0x0603, 0x0804, 0x0805, 0x0806, 0x0809, 0x080A, 0x080B, 0x0807,
                    0x0808, 0x0401, 0x0501, 0x0601, 0x0203, 0x0201);

    /// The hello as a record.
    byte[] octets() {
        Buffer body = new Buffer();
        body.two(Math.min(version.code(), TlsVersion.TLS_1_2.code()));
        body.raw(random());
        body.one(version == TlsVersion.TLS_1_3 ? RANDOM_OCTETS : 0);
        if (version == TlsVersion.TLS_1_3) {
            body.raw(random());
        }
        body.vector(list(suites));
        body.one(1).one(0); // No compression.
        body.vector(extensions());
        Buffer message = new Buffer().one(CLIENT_HELLO).one(0).vector(body);
        // RFC 8446 section 5.1: 0x0301 for the sake of old servers.
        int recordVersion = Math.min(version.code(), TlsVersion.TLS_1_0.code());
        return new Buffer().one(HANDSHAKE_RECORD).two(recordVersion).vector(message).octets();
    }

    private Buffer extensions() {
        Buffer all = new Buffer();
        serverName.ifPresent(name -> {
            byte[] octets = name.getAsciiName().getBytes(StandardCharsets.US_ASCII);
            Buffer entry = new Buffer().one(0).vector(new Buffer().raw(octets));
            all.two(SERVER_NAME).vector(new Buffer().vector(entry));
        });
        if (!groups.isEmpty()) {
            Buffer codes = list(groups.stream().map(Group::code).toList());
            all.two(SUPPORTED_GROUPS).vector(new Buffer().vector(codes));
            all.two(POINT_FORMATS).vector(new Buffer().one(1).one(0));
        }
        all.two(SIGNATURE_ALGORITHMS).vector(new Buffer().vector(list(SIGNATURES)));
        if (version == TlsVersion.TLS_1_3) {
            Buffer versions = new Buffer().one(2).two(version.code());
            all.two(SUPPORTED_VERSIONS).vector(versions);
            all.two(PSK_MODES).vector(new Buffer().one(1).one(1));
            all.two(KEY_SHARE).vector(new Buffer().vector(keyShares()));
        } else {
            all.two(RENEGOTIATION).vector(new Buffer().one(0));
        }
        return all;
    }

    private Buffer keyShares() {
        Buffer all = new Buffer();
        for (Group group : shares) {
            all.two(group.code()).vector(new Buffer().raw(group.newShare()));
        }
        return all;
    }

    private static byte[] random() {
        byte[] octets = new byte[RANDOM_OCTETS];
        RANDOM.nextBytes(octets);
        return octets;
    }

    private static Buffer list(List<Integer> codes) {
        Buffer list = new Buffer();
        codes.forEach(list::two);
        return list;
    }

    /// Octets in network order.
    private static final class Buffer {
        private final ByteArrayOutputStream octets = new ByteArrayOutputStream();

        Buffer one(int value) {
            octets.write(value);
            return this;
        }

        Buffer two(int value) {
            return one(value >>> 8).one(value);
        }

        Buffer raw(byte[] more) {
            octets.writeBytes(more);
            return this;
        }

        /// A vector with a length of two octets.
        Buffer vector(Buffer content) {
            byte[] inner = content.octets();
            return two(inner.length).raw(inner);
        }

        byte[] octets() {
            return octets.toByteArray();
        }
    }

    @Override
    public String toString() {
        return version.title() + " " + Arrays.toString(groups.toArray());
    }
}
