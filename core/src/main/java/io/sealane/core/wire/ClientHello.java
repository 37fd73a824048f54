package io.sealane.core.wire;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What a TLS client says first, as far as policy asks about it: which name it wants, what it
/// understands. RFC 8446 section 4.1.2, RFC 5246 section 7.4.1.2. Nothing here decides a handshake;
/// the engine reads the same octets again and is strict about them.
///
/// Code points are those of the IANA TLS registries, in the client's order, GREASE (RFC 8701) left
/// out.
///
/// @param versions `supported_versions`, or the version of the message where there are none: 0x0301
///   is TLS 1.0, 0x0304 TLS 1.3
/// @param cipherSuites cipher suites
/// @param groups `supported_groups`
/// @param keyShares groups for which there is a key share (RFC 8446 section 4.2.8)
/// @param signatureSchemes `signature_algorithms`
/// @param serverName the host name of `server_name` (RFC 6066 section 3) without a dot at its end,
///   of printable ASCII
/// @param applicationProtocols ALPN (RFC 7301); octets outside printable ASCII are shown as `\xNN`
/// @param sessions those that it offers to resume, each by what stays the same of it, in
///   hexadecimal: of a ticket the first 16 octets, where servers mostly put the name of its key
///   (RFC 5077 section 4); a session id where TLS 1.3 is out of the question, in which it means
///   nothing
public record ClientHello(
        List<Integer> versions,
        List<Integer> cipherSuites,
        List<Integer> groups,
        List<Integer> keyShares,
        List<Integer> signatureSchemes,
        Optional<String> serverName,
        List<String> applicationProtocols,
        Set<String> sessions) {

    /// What octets from the start of a connection are.
    public sealed interface Parsed {
        /// A whole ClientHello.
        record Whole(ClientHello hello) implements Parsed {}

        /// So far it may become one.
        ///
        /// @param octetsMore at least so many are missing; before they are there, it is of no use
        ///   to parse again
        record Begun(int octetsMore) implements Parsed {}

        /// It is none, or a broken one.
        record Broken(String cause) implements Parsed {}
    }

    /// Longest ClientHello with its record headers. Post-quantum key shares take some 1,300 octets;
    /// a certificate's worth of tickets fits many times.
    public static final int OCTETS_MAX = 32 * 1024;

    private static final int RECORD_HANDSHAKE = 22;
    private static final int RECORD_HEADER = 5;
    private static final int RECORD_OCTETS_MAX = 1 << 14;
    private static final int MESSAGE_CLIENT_HELLO = 1;
    private static final int MESSAGE_HEADER = 4;
    private static final int RANDOM_OCTETS = 32;
    private static final int NAME_TYPE_HOST = 0;
    private static final int TLS_1_3 = 0x0304;
    private static final int KEY_NAME_OCTETS = 16;
    private static final int HOST_NAME_MAX = 255;

    private static final int EXTENSION_SERVER_NAME = 0;
    private static final int EXTENSION_GROUPS = 10;
    private static final int EXTENSION_SIGNATURES = 13;
    private static final int EXTENSION_ALPN = 16;
    private static final int EXTENSION_TICKET = 35;
    private static final int EXTENSION_PRE_SHARED_KEY = 41;
    private static final int EXTENSION_VERSIONS = 43;
    private static final int EXTENSION_KEY_SHARE = 51;

    public ClientHello {
        versions = List.copyOf(versions);
        cipherSuites = List.copyOf(cipherSuites);
        groups = List.copyOf(groups);
        keyShares = List.copyOf(keyShares);
        signatureSchemes = List.copyOf(signatureSchemes);
        applicationProtocols = List.copyOf(applicationProtocols);
        sessions = Set.copyOf(sessions);
    }

    /// Reads what stands between position and limit, TLS record headers included (RFC 8446 section
    /// 5.1: the message may be cut over several records), or one record of SSL 2 (RFC 5246 appendix
    /// E.2). Does not move the position.
    public static Parsed parse(ByteBuffer octets) {
        if (Ssl2ClientHello.mayBegin(octets)) {
            return Ssl2ClientHello.parse(octets);
        }
        try {
            Joined joined = join(octets.duplicate());
            return joined.octetsMore == 0
                    ? new Parsed.Whole(body(joined.message))
                    : new Parsed.Begun(joined.octetsMore);
        } catch (BrokenException broken) {
            return new Parsed.Broken(broken.cause);
        } catch (BufferUnderflowException shortOf) {
            return new Parsed.Broken("a length exceeds what holds it");
        }
    }

    /// The octets of the one message, out of its records.
    ///
    /// @param octetsMore how many are missing at least; 0 if none
    private record Joined(ByteBuffer message, int octetsMore) {}

    private static Joined join(ByteBuffer octets) {
        ByteBuffer message = ByteBuffer.allocate(octets.remaining());
        while (octets.hasRemaining()) {
            int start = octets.position();
            if (octets.get(start) != RECORD_HANDSHAKE) {
                throw new BrokenException("not a handshake record");
            }
            if (octets.remaining() < RECORD_HEADER) {
                return new Joined(message, RECORD_HEADER - octets.remaining());
            }
            int length = octets.getShort(start + 3) & 0xFFFF;
            if (length == 0 || length > RECORD_OCTETS_MAX) {
                throw new BrokenException("a record of " + length + " octets");
            }
            octets.position(start + RECORD_HEADER);
            int here = Math.min(length, octets.remaining());
            message.put(octets.slice().limit(here));
            octets.position(octets.position() + here);
            int wanted = message.position() < MESSAGE_HEADER ? MESSAGE_HEADER : wanted(message);
            if (message.position() >= wanted) {
                return new Joined(message.flip().position(MESSAGE_HEADER).limit(wanted), 0);
            }
            if (here < length) {
                return new Joined(message, Math.min(length - here, wanted - message.position()));
            }
        }
        return new Joined(message, RECORD_HEADER);
    }

    private static int wanted(ByteBuffer joined) {
        if (joined.get(0) != MESSAGE_CLIENT_HELLO) {
            throw new BrokenException("not a ClientHello");
        }
        int wanted = MESSAGE_HEADER + (joined.getInt(0) & 0xFFFFFF);
        if (wanted == MESSAGE_HEADER || wanted > OCTETS_MAX) {
            throw new BrokenException("a ClientHello of " + wanted + " octets");
        }
        return wanted;
    }

    private static ClientHello body(ByteBuffer in) {
        int version = in.getShort() & 0xFFFF;
        in.position(in.position() + checked(in, RANDOM_OCTETS));
        String sessionId = hex(take8(in));
        List<Integer> suites = codes(take16(in));
        take8(in); // legacy_compression_methods
        Extensions found = new Extensions();
        if (in.hasRemaining()) { // Before TLS 1.2 there may be no extensions at all.
            ByteBuffer extensions = take16(in);
            while (extensions.hasRemaining()) {
                found.read(extensions.getShort() & 0xFFFF, take16(extensions));
            }
        }
        List<Integer> versions = found.versions.isEmpty() ? List.of(version) : found.versions;
        if (!sessionId.isEmpty() && !versions.contains(TLS_1_3)) {
            found.sessions.add(sessionId);
        }
        return new ClientHello(
                versions,
                suites,
                found.groups,
                found.keyShares,
                found.signatures,
                found.serverName,
                found.protocols,
                found.sessions);
    }

    /// What is known of the extensions so far. One that comes twice is the engine's to refuse.
    private static final class Extensions {
        private List<Integer> versions = List.of();
        private List<Integer> groups = List.of();
        private List<Integer> keyShares = List.of();
        private List<Integer> signatures = List.of();
        private Optional<String> serverName = Optional.empty();
        private List<String> protocols = List.of();
        private final Set<String> sessions = new HashSet<>();

        void read(int type, ByteBuffer data) {
            switch (type) {
                case EXTENSION_SERVER_NAME -> serverName = hostName(data);
                case EXTENSION_GROUPS -> groups = codes(take16(data));
                case EXTENSION_SIGNATURES -> signatures = codes(take16(data));
                case EXTENSION_ALPN -> protocols = protocols(take16(data));
                case EXTENSION_TICKET -> {
                    if (data.hasRemaining()) {
                        sessions.add(keyName(data));
                    }
                }
                case EXTENSION_PRE_SHARED_KEY -> {
                    ByteBuffer identities = take16(data); // RFC 8446 section 4.2.11
                    while (identities.hasRemaining()) {
                        sessions.add(keyName(take16(identities)));
                        identities.getInt(); // obfuscated_ticket_age
                    }
                }
                case EXTENSION_VERSIONS -> versions = codes(take8(data));
                case EXTENSION_KEY_SHARE -> keyShares = keyShares(take16(data));
                default -> {} // Not asked about.
            }
        }
    }

    private static Optional<String> hostName(ByteBuffer data) {
        ByteBuffer names = take16(data);
        while (names.hasRemaining()) {
            int type = names.get() & 0xFF;
            ByteBuffer name = take16(names);
            if (type == NAME_TYPE_HOST) {
                if (name.remaining() > HOST_NAME_MAX) {
                    throw new BrokenException("a server name of " + name.remaining() + " octets");
                }
                return Optional.of(withoutRoot(shown(name))).filter(host -> !host.isEmpty());
            }
        }
        return Optional.empty();
    }

    /// The dot of the root, which RFC 6066 section 3 does not want, names the same host.
    private static String withoutRoot(String name) {
        return name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
    }

    private static List<String> protocols(ByteBuffer names) {
        List<String> all = new ArrayList<>();
        while (names.hasRemaining()) {
            all.add(shown(take8(names)));
        }
        return all;
    }

    private static List<Integer> keyShares(ByteBuffer shares) {
        List<Integer> all = new ArrayList<>();
        while (shares.hasRemaining()) {
            int group = shares.getShort() & 0xFFFF;
            take16(shares);
            if (!isGrease(group)) {
                all.add(group);
            }
        }
        return all;
    }

    private static String keyName(ByteBuffer ticket) {
        return hex(ticket.slice(0, Math.min(KEY_NAME_OCTETS, ticket.remaining())));
    }

    private static String hex(ByteBuffer octets) {
        byte[] all = new byte[octets.remaining()];
        octets.get(all);
        return HexFormat.of().formatHex(all);
    }

    private static List<Integer> codes(ByteBuffer list) {
        List<Integer> all = new ArrayList<>();
        while (list.hasRemaining()) {
            int code = list.getShort() & 0xFFFF;
            if (!isGrease(code)) {
                all.add(code);
            }
        }
        return all;
    }

    /// RFC 8701 section 2: 0x0A0A, 0x1A1A … 0xFAFA.
    private static boolean isGrease(int code) {
        return (code & 0x0F0F) == 0x0A0A && code >>> 8 == (code & 0xFF);
    }

    private static String shown(ByteBuffer octets) {
        byte[] all = new byte[octets.remaining()];
        octets.get(all);
        StringBuilder text = new StringBuilder();
        for (byte octet : all) {
            if (octet > ' ' && octet < 0x7F && octet != '\\') {
                text.append((char) octet);
            } else {
                text.append("\\x").append(HexFormat.of().toHexDigits(octet));
            }
        }
        return text.toString();
    }

    private static ByteBuffer take8(ByteBuffer in) {
        return take(in, in.get() & 0xFF);
    }

    private static ByteBuffer take16(ByteBuffer in) {
        return take(in, in.getShort() & 0xFFFF);
    }

    private static ByteBuffer take(ByteBuffer in, int length) {
        ByteBuffer taken = in.slice(in.position(), checked(in, length));
        in.position(in.position() + length);
        return taken;
    }

    private static int checked(ByteBuffer in, int length) {
        if (length > in.remaining()) {
            throw new BufferUnderflowException();
        }
        return length;
    }

    private static final class BrokenException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final String cause;

        BrokenException(String cause) {
            super(cause, null, false, false);
            this.cause = cause;
        }
    }
}
