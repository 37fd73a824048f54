package io.sealane.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealane.testkit.DataProtection;
import io.sealane.testkit.Download;
import io.sealane.testkit.ProbeClient;
import io.sealane.testkit.Transfer;
import java.io.IOException;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// What each listener answers to each request that TLS policy decides about, in each state, as one
/// table of exact codes (RFC 4217; RFC 2228). Of a transfer the code is its last reply's.
final class PolicyTableTest {
    /// Columns: listener, state, request, code. A `;` parts commands that come before the one whose
    /// reply counts.
    private static final String TABLE =
            """
            explicit                | clear     | USER demo         | 530
            explicit                | clear     | USER nobody       | 530
            explicit                | clear     | PASS secret       | 530
            explicit                | clear     | FEAT              | 211
            explicit                | clear     | SYST              | 215
            explicit                | clear     | NOOP              | 200
            explicit                | clear     | STAT              | 211
            explicit                | clear     | CLNT probe        | 200
            explicit                | clear     | OPTS UTF8 ON      | 200
            explicit                | clear     | PBSZ 0            | 503
            explicit                | clear     | PROT P            | 503
            explicit                | clear     | PROT S            | 503
            explicit                | clear     | CCC               | 533
            explicit                | clear     | LIST              | 530
            explicit                | clear     | EPSV              | 530
            explicit                | clear     | AUTH              | 501
            explicit                | clear     | AUTH GSSAPI       | 504
            explicit                | clear     | AUTH TLS          | 234
            explicit                | tls       | USER demo         | 331
            explicit                | tls       | AUTH TLS          | 534
            explicit                | tls       | AUTH GSSAPI       | 504
            explicit                | tls       | PBSZ 0            | 200
            explicit                | tls       | PROT P            | 503
            explicit                | tls       | PBSZ 0;PROT P     | 200
            explicit                | tls       | PBSZ 0;PROT C     | 534
            explicit                | tls       | PBSZ 0;PROT S     | 536
            explicit                | tls       | PBSZ 0;PROT E     | 536
            explicit                | tls       | PBSZ 0;PROT X     | 504
            explicit                | tls       | CCC               | 534
            explicit                | member    | RETR hello.txt    | 521
            explicit                | member    | STOR new.txt      | 521
            explicit                | member    | STOR hello.txt    | 521
            explicit                | member    | APPE hello.txt    | 521
            explicit                | member    | LIST              | 521
            explicit                | member    | NLST              | 521
            explicit                | member    | MLSD              | 521
            explicit                | member    | MLST              | 250
            explicit                | member    | AUTH TLS          | 534
            explicit                | member    | PROT P            | 503
            explicit                | member    | PBSZ 0;PROT C     | 534
            explicit                | protected | RETR hello.txt    | 226
            explicit                | protected | STOR new.txt      | 226
            explicit                | protected | APPE hello.txt    | 226
            explicit                | protected | LIST              | 226
            explicit                | protected | PROT C            | 534
            explicit                | protected | PROT C;LIST       | 226
            explicit                | protected | PROT S;LIST       | 226
            explicit                | protected | CCC               | 534
            explicit-data-optional  | clear     | USER demo         | 530
            explicit-data-optional  | tls       | PBSZ 0;PROT C     | 200
            explicit-data-optional  | tls       | PROT C            | 503
            explicit-data-optional  | member    | RETR hello.txt    | 226
            explicit-data-optional  | member    | STOR new.txt      | 226
            explicit-data-optional  | protected | STOR new.txt      | 226
            explicit-optional       | clear     | USER demo         | 331
            explicit-optional       | open      | RETR hello.txt    | 226
            explicit-optional       | open      | STOR new.txt      | 226
            explicit-optional       | open      | AUTH TLS          | 503
            explicit-optional       | open      | PBSZ 0            | 503
            explicit-optional       | open      | PROT P            | 503
            explicit-optional       | open      | CCC               | 533
            explicit-optional       | member    | LIST              | 226
            explicit-optional       | protected | LIST              | 226
            implicit                | tls       | PBSZ 0            | 200
            implicit                | tls       | PROT P            | 200
            implicit                | tls       | PBSZ 0;PROT P     | 200
            implicit                | tls       | PROT C            | 534
            implicit                | tls       | PROT S            | 536
            implicit                | tls       | AUTH TLS          | 534
            implicit                | tls       | CCC               | 534
            implicit                | member    | RETR hello.txt    | 226
            implicit                | member    | STOR new.txt      | 226
            implicit                | member    | LIST              | 226
            implicit                | member    | PBSZ 0;LIST       | 226
            implicit                | member    | PROT C;LIST       | 226
            implicit                | protected | RETR hello.txt    | 226
            implicit-optional       | tls       | PROT C            | 200
            implicit-optional       | member    | LIST              | 226
            auto                    | clear     | USER demo         | 530
            auto                    | clear     | AUTH TLS          | 234
            auto                    | member    | STOR new.txt      | 521
            auto                    | protected | STOR new.txt      | 226
            auto-optional           | clear     | USER demo         | 331
            auto-optional           | open      | STOR new.txt      | 226
            auto-optional           | open      | AUTH TLS          | 503
            plain                   | clear     | AUTH TLS          | 534
            plain                   | clear     | AUTH KERBEROS     | 504
            plain                   | clear     | PBSZ 0            | 503
            plain                   | clear     | PROT P            | 503
            plain                   | clear     | PROT C            | 503
            plain                   | clear     | CCC               | 533
            plain                   | clear     | USER demo         | 331
            plain                   | open      | AUTH TLS          | 534
            plain                   | open      | RETR hello.txt    | 226
            plain                   | open      | STOR new.txt      | 226
            plain                   | open      | LIST              | 226
            """;

    private static final byte[] CONTENT = TestFiles.text("content");

    /// How far a conversation has come before the request.
    private enum State {
        /// Greeted, in the clear.
        CLEAR,
        /// Greeted, TLS on the control connection.
        TLS,
        /// Logged in, in the clear.
        OPEN,
        /// Logged in by TLS, no word about data connections.
        MEMBER,
        /// Logged in by TLS, PBSZ and PROT P said.
        PROTECTED
    }

    private record Row(Door door, State state, String request, int code) {
        static Row parse(String line) {
            String[] cells = line.split(" *\\| *", -1);
            return new Row(
                    Door.valueOf(cells[0].toUpperCase(Locale.ROOT).replace('-', '_')),
                    State.valueOf(cells[1].toUpperCase(Locale.ROOT)),
                    cells[2],
                    Integer.parseInt(cells[3].strip()));
        }

        String title() {
            return door + " " + state + ": " + request + " -> " + code;
        }
    }

    @TestFactory
    Stream<DynamicTest> every_request_gets_its_code() throws IOException {
        TestServer server = TestServer.start();
        return TABLE.lines()
                .map(Row::parse)
                .map(row -> DynamicTest.dynamicTest(row.title(), () -> check(server, row)))
                .onClose(server::close);
    }

    private static void check(TestServer server, Row row) throws IOException {
        server.resetFiles();
        try (ProbeClient client = enter(server, row)) {
            String[] commands = row.request().split(";", -1);
            for (String before : Arrays.copyOf(commands, commands.length - 1)) {
                client.ask(before);
            }
            int code = answer(client, commands[commands.length - 1]);
            assertThat(code).as(client.conversation()).isEqualTo(row.code());
            if (code == 234) {
                client.secure().send("NOOP").expect(200);
            }
            if (code == 521) {
                assertUntouched(server);
                client.protect();
                client.download("RETR hello.txt").expect(150, 226);
            }
        }
    }

    private static void assertUntouched(TestServer server) {
        assertThat(server.files().exists("/new.txt")).isFalse();
        assertThat(server.files().content("/hello.txt")).contains(TestFiles.text("hello\nworld\n"));
    }

    private static ProbeClient enter(TestServer server, Row row) throws IOException {
        ProbeClient client = server.greeted(row.door());
        boolean implicit = client.tls().isPresent();
        boolean tls = row.state() != State.CLEAR && row.state() != State.OPEN;
        if (tls && !implicit) {
            client.startTls();
        }
        switch (row.state()) {
            case CLEAR, TLS -> {}
            case OPEN, MEMBER -> client.login(TestServer.USER, TestServer.PASSWORD);
            case PROTECTED -> client.login(TestServer.USER, TestServer.PASSWORD).protect();
        }
        if (implicit) {
            client.data(client.plan().protection(DataProtection.SAME_SESSION));
        }
        return client;
    }

    private static int answer(ProbeClient client, String command) throws IOException {
        return switch (command.split(" ", 2)[0]) {
            case "STOR", "APPE" -> {
                Transfer transfer = client.upload(command, CONTENT);
                yield transfer.completion().code();
            }
            case "RETR", "LIST", "NLST", "MLSD" -> {
                if (client.ask("EPSV").code() == 530) {
                    yield client.ask(command).code();
                }
                Download download = client.download(command);
                yield download.transfer().completion().code();
            }
            default -> client.ask(command).code();
        };
    }
}
