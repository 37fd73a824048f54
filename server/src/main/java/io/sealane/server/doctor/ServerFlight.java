package io.sealane.server.doctor;

import io.sealane.server.doctor.ServerAnswer.Round;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;

/// Reads the first flight of a server: up to its ServerHello in TLS 1.3, where the rest is
/// encrypted, and up to its ServerHelloDone before (RFC 5246 section 7.3, RFC 8446 section 2).
final class ServerFlight {
    /// Most octets of handshake messages that are read; a chain of ten certificates has fewer.
    static final int OCTETS_MAX = 1 << 17;

    private static final int RECORD_HEADER_OCTETS = 5;
    private static final int RECORD_OCTETS_MAX = (1 << 14) + 2048;
    private static final int MESSAGE_HEADER_OCTETS = 4;
    private static final int ALERT_RECORD = 21;
    private static final int HANDSHAKE_RECORD = 22;
    private static final int WARNING_ALERT = 1;

    private static final int SERVER_HELLO = 2;
    private static final int CERTIFICATE = 11;
    private static final int SERVER_KEY_EXCHANGE = 12;
    private static final int SERVER_HELLO_DONE = 14;

    private static final int RANDOM_OCTETS = 32;
    private static final int SUPPORTED_VERSIONS = 43;
    private static final int KEY_SHARE = 51;
    private static final int NAMED_CURVE = 3;

    /// RFC 8446 section 4.1.3: how this random begins, a ServerHello is a HelloRetryRequest.
    private static final byte[] RETRY_RANDOM = {
        (byte) 0xCF, 0x21, (byte) 0xAD, 0x74, (byte) 0xE5, (byte) 0x9A, 0x61, 0x11
    };

    private final Source source;
    private final ByteArrayOutputStream messages = new ByteArrayOutputStream();

    private int version;
    private int suite;
    private Round round = Round.FIRST;
    private OptionalInt group = OptionalInt.empty();
    private OptionalInt dhBits = OptionalInt.empty();
    private final List<byte[]> chain = new ArrayList<>();
    private boolean greeted;
    private boolean done;

    private ServerFlight(Source source) {
        this.source = source;
    }

    /// Where the octets come from.
    @FunctionalInterface
    interface Source {
        /// @return number of octets read, -1 at the end
        int read(byte[] target, int offset, int length) throws IOException;
    }

    /// Reads the answer to a hello that was sent.
    ///
    /// @throws UnusableAnswer if it is TLS that cannot be understood
    static ServerAnswer read(Wire wire, Deadline deadline) throws IOException {
        return read((target, offset, length) -> wire.read(target, offset, length, deadline));
    }

    static ServerAnswer read(Source source) throws IOException {
        try {
            return new ServerFlight(source).read();
        } catch (BufferUnderflowException _) {
            throw new UnusableAnswer("a TLS message that ends too early");
        }
    }

    private ServerAnswer read() throws IOException {
        while (!done) {
            byte[] header = new byte[RECORD_HEADER_OCTETS];
            if (!readFully(header)) {
                return new ServerAnswer.Hung();
            }
            int type = header[0];
            int length = (header[3] & 0xFF) << 8 | (header[4] & 0xFF);
            boolean tls = type == ALERT_RECORD || type == HANDSHAKE_RECORD;
            if (!tls || header[1] != 3 || length > RECORD_OCTETS_MAX || length == 0) {
                return new ServerAnswer.Foreign();
            }
            byte[] content = new byte[length];
            if (!readFully(content)) {
                return new ServerAnswer.Hung();
            }
            if (type == ALERT_RECORD) {
                if (content.length == 2 && content[0] != WARNING_ALERT) {
                    return new ServerAnswer.Refused(content[1] & 0xFF);
                }
            } else {
                messages.writeBytes(content);
                parseMessages();
            }
        }
        return new ServerAnswer.Accepted(version, suite, round, group, dhBits, chain);
    }

    private void parseMessages() throws UnusableAnswer {
        if (messages.size() > OCTETS_MAX) {
            throw new UnusableAnswer("a handshake of more than " + OCTETS_MAX + " octets");
        }
        ByteBuffer all = ByteBuffer.wrap(messages.toByteArray());
        while (!done && all.remaining() >= MESSAGE_HEADER_OCTETS) {
            all.mark();
            int type = all.get();
            int length = three(all);
            if (length > all.remaining()) {
                all.reset();
                break;
            }
            parse(type, all.slice(all.position(), length));
            all.position(all.position() + length);
        }
        messages.reset();
        messages.write(all.array(), all.position(), all.remaining());
    }

    private void parse(int type, ByteBuffer body) throws UnusableAnswer {
        if (!greeted && type != SERVER_HELLO) {
            throw new UnusableAnswer("TLS without a ServerHello first");
        }
        switch (type) {
            case SERVER_HELLO -> serverHello(body);
            case CERTIFICATE -> certificates(body);
            case SERVER_KEY_EXCHANGE -> keyExchange(body);
            case SERVER_HELLO_DONE -> done = true;
            default -> {} // A stapled OCSP answer, a wish for a certificate.
        }
    }

    private void serverHello(ByteBuffer body) {
        greeted = true;
        version = body.getShort() & 0xFFFF;
        byte[] random = new byte[RANDOM_OCTETS];
        body.get(random);
        if (Arrays.equals(Arrays.copyOf(random, RETRY_RANDOM.length), RETRY_RANDOM)) {
            round = Round.AGAIN;
        }
        skip(body, body.get() & 0xFF);
        suite = body.getShort() & 0xFFFF;
        body.get(); // Compression.
        if (body.remaining() >= 2) {
            extensions(body);
        }
        done = version == TlsVersion.TLS_1_3.code();
    }

    private void extensions(ByteBuffer body) {
        body.getShort();
        while (body.remaining() >= 4) {
            int type = body.getShort() & 0xFFFF;
            int length = body.getShort() & 0xFFFF;
            ByteBuffer content = body.slice(body.position(), Math.min(length, body.remaining()));
            skip(body, length);
            switch (type) {
                case SUPPORTED_VERSIONS -> version = content.getShort() & 0xFFFF;
                case KEY_SHARE -> group = OptionalInt.of(content.getShort() & 0xFFFF);
                default -> {}
            }
        }
    }

    private void certificates(ByteBuffer body) {
        int left = three(body);
        while (left > 0) {
            byte[] certificate = new byte[Math.min(three(body), body.remaining())];
            body.get(certificate);
            chain.add(certificate);
            left -= certificate.length + 3;
        }
    }

    /// A named curve, or a prime; which of them, the suite says.
    private void keyExchange(ByteBuffer body) {
        if (Suites.DHE.contains(suite)) {
            int octets = body.getShort() & 0xFFFF;
            dhBits = OptionalInt.of(octets * Byte.SIZE);
        } else if (body.get() == NAMED_CURVE) {
            group = OptionalInt.of(body.getShort() & 0xFFFF);
        }
    }

    private boolean readFully(byte[] target) throws IOException {
        int have = 0;
        while (have < target.length) {
            int count = source.read(target, have, target.length - have);
            if (count < 0) {
                return false;
            }
            have += count;
        }
        return true;
    }

    private static int three(ByteBuffer octets) {
        return (octets.get() & 0xFF) << 16 | (octets.getShort() & 0xFFFF);
    }

    private static void skip(ByteBuffer octets, int count) {
        if (count > octets.remaining()) {
            throw new BufferUnderflowException();
        }
        octets.position(octets.position() + count);
    }
}
