package io.sealane.server.cli;

import io.sealane.accounts.Secret;
import java.io.ByteArrayOutputStream;
import java.io.Console;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// A password: from the first line of standard input, or asked for at the terminal, a new one
/// twice.
final class PasswordOption {
    /// Longest password in bytes; a line longer than this is no password.
    private static final int BYTES_MAX = 1024;

    @Option(
            names = "--password-stdin",
            description = "Read the password from the first line of standard input.")
    private boolean fromStandardInput;

    /// Reads a password that is to be set.
    Secret read() throws IOException, CommandFailure {
        return notEmpty(fromStandardInput ? readNew(System.in) : askTwice());
    }

    /// Reads a password that is known already.
    Secret readExisting() throws IOException, CommandFailure {
        return notEmpty(fromStandardInput ? readLine(System.in) : askOnce());
    }

    boolean isFromStandardInput() {
        return fromStandardInput;
    }

    private static Secret notEmpty(Secret secret) throws CommandFailure {
        if (secret.isEmpty()) {
            throw new CommandFailure("the password is empty");
        }
        return secret;
    }

    /// Reads one that clients can send in a line of FTP.
    static Secret readNew(InputStream input) throws IOException, CommandFailure {
        byte[] password = firstLine(input, "the password");
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(password));
        } catch (CharacterCodingException notText) {
            throw new CommandFailure("the password is not in UTF-8, as clients send it");
        }
        for (byte octet : password) {
            if (octet >= 0 && octet < ' ' && octet != '\t') {
                throw new CommandFailure("there is a control character in the password");
            }
        }
        return Secret.adopt(password);
    }

    private static Secret readLine(InputStream input) throws IOException, CommandFailure {
        return Secret.adopt(firstLine(input, "the password"));
    }

    /// Reads the first line, without its end.
    ///
    /// @param what it is, for a message that it is too long
    static byte[] firstLine(InputStream input, String what) throws IOException, CommandFailure {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        int octet;
        while ((octet = input.read()) >= 0 && octet != '\n') {
            if (line.size() == BYTES_MAX) {
                throw new CommandFailure(what + " is longer than " + BYTES_MAX + " bytes");
            }
            line.write(octet);
        }
        byte[] bytes = line.toByteArray();
        boolean endsWithCr = bytes.length > 0 && bytes[bytes.length - 1] == '\r';
        return endsWithCr ? Arrays.copyOf(bytes, bytes.length - 1) : bytes;
    }

    private static Secret askTwice() throws CommandFailure {
        Console terminal = terminal();
        char[] first = terminal.readPassword("Password: ");
        char[] second = terminal.readPassword("Again: ");
        try {
            if (first == null || !Arrays.equals(first, second)) {
                throw new CommandFailure("the two passwords differ");
            }
            return secret(first);
        } finally {
            wipe(first);
            wipe(second);
        }
    }

    private static Secret askOnce() throws CommandFailure {
        char[] typed = terminal().readPassword("Password: ");
        if (typed == null) {
            throw new CommandFailure("no password was given");
        }
        try {
            return secret(typed);
        } finally {
            wipe(typed);
        }
    }

    private static Console terminal() throws CommandFailure {
        return Optional.ofNullable(System.console())
                .filter(Console::isTerminal)
                .orElseThrow(() ->
                        new CommandFailure("there is no terminal to ask at: use --password-stdin"));
    }

    private static Secret secret(char[] characters) {
        ByteBuffer bytes = StandardCharsets.UTF_8.encode(CharBuffer.wrap(characters));
        byte[] password = new byte[bytes.remaining()];
        bytes.get(password);
        return Secret.adopt(password);
    }

    private static void wipe(char @Nullable [] characters) {
        if (characters != null) {
            Arrays.fill(characters, '\0');
        }
    }
}
