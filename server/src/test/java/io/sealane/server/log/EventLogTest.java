package io.sealane.server.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sealane.core.event.Event;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
final class EventLogTest {
    @Test
    void who_logs_does_not_wait_for_a_reader_that_takes_nothing() throws Exception {
        CountDownLatch isStuck = new CountDownLatch(1);
        CountDownLatch reader = new CountDownLatch(1);
        ByteArrayOutputStream read = new ByteArrayOutputStream();
        OutputStream pipe =
                new OutputStream() {
                    @Override
                    public void write(int octet) throws IOException {
                        write(new byte[] {(byte) octet}, 0, 1);
                    }

                    @Override
                    public void write(byte[] octets, int start, int count) throws IOException {
                        isStuck.countDown();
                        try {
                            reader.await();
                        } catch (InterruptedException interrupted) {
                            throw new InterruptedIOException();
                        }
                        read.write(octets, start, count);
                    }
                };
        EventLog log = logTo(pipe);
        Thread stuck = Thread.ofVirtual().start(() -> log.note(Level.INFO, "first", "waits"));
        isStuck.await();
        for (int line = 0; line < 1000; line++) {
            log.note(Level.INFO, "other", "is left out");
        }
        reader.countDown();
        stuck.join();
        log.note(Level.INFO, "last", "is written");
        assertThat(read.toString(UTF_8).lines())
                .hasSize(3)
                .satisfiesExactly(
                        line -> assertThat(line).contains("INFO first"),
                        line ->
                                assertThat(line)
                                        .contains("WARNING log-stalled")
                                        .contains("1000 lines"),
                        line -> assertThat(line).contains("INFO last"));
    }

    @Test
    void lines_that_a_full_disk_did_not_take_are_counted_by_the_next_that_it_takes() {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        AtomicInteger room = new AtomicInteger(60);
        EventLog log =
                logTo(
                        new OutputStream() {
                            @Override
                            public void write(int octet) throws IOException {
                                if (room.decrementAndGet() < 0) {
                                    throw new IOException("No space left on device");
                                }
                                file.write(octet);
                            }
                        });

        log.note(Level.INFO, "first", "-");
        log.note(Level.INFO, "second", "is cut off in the middle");
        log.note(Level.INFO, "third", "finds no room");
        room.set(1000);
        log.note(Level.INFO, "fourth", "is written");
        log.note(Level.INFO, "fifth", "is written");

        assertThat(file.toString(UTF_8).lines())
                .satisfiesExactly(
                        line -> assertThat(line).endsWith("INFO first message=-"),
                        line -> assertThat(line).doesNotContain("middle"),
                        line -> assertThat(line).contains("log-stalled").contains("2 lines"),
                        line -> assertThat(line).contains("INFO fourth"),
                        line -> assertThat(line).contains("INFO fifth"));
    }

    @Test
    void a_defect_is_told_with_what_brought_it_about() {
        ByteArrayOutputStream written = new ByteArrayOutputStream();
        EventLog log = logTo(written);
        Throwable origin = new IllegalArgumentException("the origin");

        log.accept(Event.Defect.of("7", "STOR", new IllegalStateException("outer", origin)));

        assertThat(written.toString(UTF_8))
                .hasLineCount(1)
                .contains("IllegalStateException: outer at ")
                .contains(", caused by java.lang.IllegalArgumentException: the origin at ");
    }

    @Test
    void a_transfer_that_failed_is_told_in_one_line_with_who_it_was_and_by_which_tls() {
        Event failed =
                new Event.Transfer(
                        "7",
                        "explicit",
                        "ann",
                        "192.0.2.7",
                        "NcFTP 3.2.6",
                        "STOR",
                        "/a",
                        5,
                        Duration.ofMillis(20),
                        "not-resumed/none",
                        new Event.DataProtection(
                                "TLSv1.3",
                                "TLS_AES_128_GCM_SHA256",
                                "x25519",
                                Optional.of(Event.Resumption.FALSE),
                                "ftp.example.com",
                                "ftp"),
                        "-",
                        "-");
        assertThat(lineOf(failed))
                .endsWith(
                        "INFO transfer session=7 listener=explicit user=ann client=192.0.2.7"
                                + " software=\"NcFTP 3.2.6\" verb=STOR path=/a bytes=5"
                                + " took=0.020s result=not-resumed/none protection=TLSv1.3"
                                + " cipher=TLS_AES_128_GCM_SHA256 group=x25519 resumed=false"
                                + " sni=ftp.example.com alpn=ftp end=- eof=-");
    }

    /// Which names end up as what client's, in the eyes of fail2ban.
    @Test
    void the_filter_for_guessers_finds_the_address_whatever_name_was_sent() throws Exception {
        Pattern filter = guessersFilter();
        for (String name :
                List.of("ann", "", "x client=9.9.9.9 reason=bad-secret\" y", "a=\\", "a\u2003b")) {
            String line = lineOf(refused(name, "bad-secret"));
            String dated = line.substring(line.indexOf(' '));
            for (String read : List.of(line, dated, "host sealane[7]: " + line)) {
                Matcher found = filter.matcher(read);
                assertThat(found.find()).as("%s", read).isTrue();
                assertThat(found.group("host")).isEqualTo("192.0.2.7");
            }
        }
        assertThat(filter.matcher(lineOf(refused("ann", "overloaded"))).find()).isFalse();
        Event forged =
                new Event.CommandRefused(
                        "1", "X INFO " + lineOf(refused("ann", "bad-secret")), "500 No.", "-");
        assertThat(filter.matcher(lineOf(forged)).find()).isFalse();
    }

    private static Event refused(String name, String reason) {
        return new Event.LoginRefused("1", name, "192.0.2.7", reason);
    }

    private static EventLog logTo(OutputStream stream) {
        return new EventLog(new TextLines(), Level.INFO, InstantSource.system(), stream);
    }

    private static String lineOf(Event event) {
        ByteArrayOutputStream written = new ByteArrayOutputStream();
        logTo(written).accept(event);
        return written.toString(UTF_8).strip();
    }

    private static Pattern guessersFilter() throws IOException {
        Path page = Path.of("").toAbsolutePath().resolveSibling("docs").resolve("operating.md");
        Matcher line = Pattern.compile("failregex = (.*)").matcher(Files.readString(page));
        assertThat(line.find()).isTrue();
        return Pattern.compile(
                line.group(1).replace("<HOST>", "(?<host>[0-9a-f.:]+)"),
                Pattern.UNICODE_CHARACTER_CLASS); // As Python reads it.
    }

    @Test
    void a_time_is_as_wide_in_each_line() {
        Instant whole = Instant.parse("2026-03-04T05:06:07Z");
        assertThat(new TextLines().line(whole, Level.INFO, List.of()))
                .isEqualTo("2026-03-04T05:06:07.000Z INFO");
        assertThat(new TextLines().line(whole.plusNanos(89_999_999), Level.INFO, List.of()))
                .isEqualTo("2026-03-04T05:06:07.089Z INFO");
        assertThat(new JsonLines().line(whole, Level.INFO, List.of()))
                .contains("\"2026-03-04T05:06:07.000000Z\"");
    }
}
