package io.sealane.core.wire;

import java.util.Arrays;
import java.util.Optional;

/// Cuts the octets of a control connection into lines. Ends a line at LF, with or without the CR
/// before it, and takes Telnet commands out (RFC 854; RFC 959 section 3.1): an IAC in front of an
/// `ABOR` must not spoil it. Belongs to one thread.
public final class LineDecoder {
    /// Longest line in octets, line end included. Holds a path of 4,096 octets, which is what
    /// operating systems take, and a verb; RFC 959 sets no limit.
    public static final int LINE_OCTETS_MAX = 4096 + 64;

    /// The LF, which is not kept; the CR before it is, until the line is complete.
    private static final int LINE_END_OCTETS_MIN = 1;

    private static final int INITIAL_OCTETS = 64;
    private static final int IAC = 0xFF;
    private static final int DATA_MARK = 0xF2;
    private static final int INTERRUPT_PROCESS = 0xF4;
    private static final int TELNET_COMMAND_FIRST = 0xF0;
    private static final int TELNET_OPTION_FIRST = 0xFB;
    private static final int TLS_HANDSHAKE_RECORD = 0x16;
    private static final int SSL2_CLIENT_HELLO = 0x80;

    private enum Telnet {
        DATA,
        COMMAND,
        OPTION
    }

    private byte[] line = new byte[INITIAL_OCTETS];
    private int length;
    private boolean overlong;
    private Telnet telnet = Telnet.DATA;

    /// Takes one octet in.
    ///
    /// @return the line that it ends, if it ends one
    public Optional<OctetLine> accept(byte octet) {
        int value = octet & 0xFF;
        return switch (telnet) {
            case DATA -> data(value);
            case COMMAND -> {
                telnet = value >= TELNET_OPTION_FIRST && value < IAC ? Telnet.OPTION : Telnet.DATA;
                boolean notTelnet = value < TELNET_COMMAND_FIRST;
                // Security: inside a line it is a letter of a name that is not in UTF-8. Without it
                // another file would be meant.
                if (value == IAC || (notTelnet && isInsideLine())) {
                    append(IAC);
                }
                // Interop: the octet behind an IAC may be lost on the way, where it was sent as
                // urgent data in front of ABOR; then this one is none of Telnet's.
                yield notTelnet ? data(value) : Optional.empty();
            }
            case OPTION -> {
                telnet = Telnet.DATA;
                yield Optional.empty();
            }
        };
    }

    /// Whether a line has begun that is not complete yet.
    public boolean isInsideLine() {
        return length > 0 || overlong || telnet != Telnet.DATA;
    }

    private Optional<OctetLine> data(int value) {
        if (length == 0 && !overlong && isClientHello(value)) {
            return Optional.of(new OctetLine.ClientHello());
        }
        if (value == IAC) {
            telnet = Telnet.COMMAND;
            return Optional.empty();
        }
        if (length == 0 && !overlong && (value == DATA_MARK || value == INTERRUPT_PROCESS)) {
            // Interop: Perl's Net::FTP 3.14 sends the IAC in front of the first as urgent data,
            // which a proxy on the way loses; POCO 1.11 sends none in front of either. No command
            // begins with these octets.
            return Optional.empty();
        }
        if (value != '\n') {
            append(value);
            return Optional.empty();
        }
        OctetLine complete = complete();
        length = 0;
        overlong = false;
        if (line.length > INITIAL_OCTETS) {
            line = new byte[INITIAL_OCTETS];
        }
        return Optional.of(complete);
    }

    /// No command begins with either octet, and both begin what a TLS client says first.
    private static boolean isClientHello(int value) {
        return value == TLS_HANDSHAKE_RECORD || value == SSL2_CLIENT_HELLO;
    }

    private OctetLine complete() {
        if (overlong) {
            return new OctetLine.TooLong();
        }
        int end = length > 0 && line[length - 1] == '\r' ? length - 1 : length;
        OctetLine whole = new OctetLine.Whole(Arrays.copyOf(line, end));
        Arrays.fill(line, 0, length, (byte) 0); // Security: it may have held a password.
        return whole;
    }

    private void append(int value) {
        if (overlong || length >= LINE_OCTETS_MAX - LINE_END_OCTETS_MIN) {
            overlong = true;
            return;
        }
        if (length == line.length) {
            line = Arrays.copyOf(line, Math.min(length * 2, LINE_OCTETS_MAX));
        }
        line[length++] = (byte) value;
    }
}
