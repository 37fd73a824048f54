package io.sealane.server.doctor;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// A control connection as a client has it. Everything it reads is limited. Belongs to one thread.
final class FtpControl implements AutoCloseable {
    /// Longest line of a reply in octets, its end included.
    static final int LINE_OCTETS_MAX = 8192;

    /// Most lines of a reply; FEAT and HELP have some dozens.
    static final int LINES_MAX = 500;

    private static final int READ_OCTETS = 1024;
    private static final int CODE_DIGITS = 3;

    /// Octets that came and are not read yet.
    private byte[] waiting = new byte[0];

    /// Lines of a reply that is not complete yet.
    private final List<String> lines = new ArrayList<>();

    private final Clock clock;
    private Link link;

    private FtpControl(Link link, Clock clock) {
        this.link = link;
        this.clock = clock;
    }

    /// Gives each exchange its time.
    @FunctionalInterface
    interface Clock {
        Deadline next() throws IOException;
    }

    static FtpControl over(Link link, Clock clock) {
        return new FtpControl(link, clock);
    }

    Link link() {
        return link;
    }

    /// Goes on over another link, with nothing left from the first.
    ///
    /// @throws UnusableAnswer if the server sent something behind its last reply
    void continueOver(Link other) throws UnusableAnswer {
        if (waiting.length > 0) {
            throw new UnusableAnswer("octets in the clear behind the reply to AUTH");
        }
        link = other;
    }

    /// Whether something came behind the last reply already.
    boolean hasMore() {
        return waiting.length > 0;
    }

    /// Sends a command and reads its reply.
    Reply say(String command) throws IOException {
        send(command.getBytes(StandardCharsets.UTF_8));
        return read();
    }

    /// Sends a command without its line end.
    void send(byte[] command) throws IOException {
        byte[] line = Arrays.copyOf(command, command.length + 2);
        line[command.length] = '\r';
        line[command.length + 1] = '\n';
        link.write(line, clock.next());
        Arrays.fill(line, (byte) 0); // Security: it may have held a password.
    }

    /// Reads one reply.
    Reply read() throws IOException {
        return read(clock.next());
    }

    /// Reads one reply, if it comes within this time; what came of one until then is kept.
    Optional<Reply> readWithin(Duration patience) throws IOException {
        try {
            return Optional.of(read(Deadline.in(patience).orSooner(clock.next())));
        } catch (SocketTimeoutException _) {
            return Optional.empty();
        }
    }

    private Reply read(Deadline deadline) throws IOException {
        do {
            if (lines.size() == LINES_MAX) {
                throw new UnusableAnswer("a reply of more than " + LINES_MAX + " lines");
            }
            lines.add(line(deadline));
        } while (!isComplete());
        Reply reply = new Reply(code(lines.getFirst()), lines);
        lines.clear();
        return reply;
    }

    private boolean isComplete() throws UnusableAnswer {
        String first = lines.getFirst();
        int code = code(first);
        return first.length() <= CODE_DIGITS
                || first.charAt(CODE_DIGITS) != '-'
                || lines.getLast().startsWith(code + " ");
    }

    private static int code(String line) throws UnusableAnswer {
        boolean good =
                line.length() >= CODE_DIGITS
                        && line.chars().limit(CODE_DIGITS).allMatch(c -> c >= '0' && c <= '9')
                        && line.charAt(0) >= '1'
                        && line.charAt(0) <= '6';
        if (!good) {
            throw new UnusableAnswer("no reply but: " + Reply.shown(line));
        }
        return Integer.parseInt(line.substring(0, CODE_DIGITS));
    }

    private String line(Deadline deadline) throws IOException {
        byte[] more = new byte[READ_OCTETS];
        while (indexOfLineFeed() < 0) {
            if (waiting.length > LINE_OCTETS_MAX) {
                throw new UnusableAnswer("a line of more than " + LINE_OCTETS_MAX + " octets");
            }
            int count = link.read(more, deadline);
            if (count < 0) {
                throw new ConnectionEnded(link.end());
            }
            int had = waiting.length;
            waiting = Arrays.copyOf(waiting, had + count);
            System.arraycopy(more, 0, waiting, had, count);
        }
        int end = indexOfLineFeed();
        byte[] line = Arrays.copyOf(waiting, end);
        waiting = Arrays.copyOfRange(waiting, end + 1, waiting.length);
        return text(line);
    }

    private int indexOfLineFeed() {
        for (int at = 0; at < waiting.length; at++) {
            if (waiting[at] == '\n') {
                return at;
            }
        }
        return -1;
    }

    private static String text(byte[] line) {
        int end = line.length > 0 && line[line.length - 1] == '\r' ? line.length - 1 : line.length;
        return new String(line, 0, end, StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        link.close();
    }
}
