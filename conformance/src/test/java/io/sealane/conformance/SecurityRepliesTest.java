package io.sealane.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealane.accounts.UserName;
import io.sealane.core.data.ServerToServer;
import io.sealane.testkit.DataProtection;
import io.sealane.testkit.ProbeClient;
import java.io.IOException;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// Holds each row of the [SecurityReplies] against a server. Of a transfer the code is its last
/// reply's.
final class SecurityRepliesTest {
    private static final byte[] CONTENT = TestFiles.text("content");

    @TestFactory
    Stream<DynamicTest> every_command_gets_its_code() throws IOException {
        ServerToServer others =
                new ServerToServer(Set.of(new UserName(TestServer.OTHER_USER)), address -> false);
        TestServer server =
                TestServer.start(
                        TestServer.Options.DEFAULTS
                                .with(TestHosts.LIKE_MAIN)
                                .with(TestServer.DataConnections.DEFAULTS.with(others)));
        return SecurityReplies.rows().stream()
                .map(row -> DynamicTest.dynamicTest(row.title(), () -> check(server, row)))
                .onClose(server::close);
    }

    private static void check(TestServer server, SecurityReplies.Row row) throws IOException {
        server.resetFiles();
        try (ProbeClient client = enter(server, row)) {
            String[] commands = row.commands().split(";", -1);
            for (String before : Arrays.copyOf(commands, commands.length - 1)) {
                client.ask(before);
            }
            String last = commands[commands.length - 1];
            int code = answer(client, last);
            assertThat(code).as(client.conversation()).isEqualTo(row.code());
            if (code == 234) {
                client.secure().send("PWD").expect(530);
            }
            if (last.equals("CCC") && code == 200) {
                client.clear().send("NOOP").expect(200);
            }
        }
    }

    private static ProbeClient enter(TestServer server, SecurityReplies.Row row)
            throws IOException {
        ProbeClient client = server.greeted(row.door());
        boolean implicit = client.tls().isPresent();
        if (row.state().isByTls() && !implicit) {
            client.startTls();
        }
        switch (row.state()) {
            case CLEAR, TLS -> {}
            case OPEN, MEMBER -> client.login(TestServer.USER, TestServer.PASSWORD);
            case PROTECTED -> client.login(TestServer.USER, TestServer.PASSWORD).protect();
            case UNSECURED -> {
                client.login(TestServer.USER, TestServer.PASSWORD).protect();
                client.data(client.plan().protection(DataProtection.CLEAR));
            }
            case CLEARED -> {
                client.login(TestServer.USER, TestServer.PASSWORD).protect();
                client.send("CCC").expect(200).clear();
            }
            case CLEARED_VISITOR -> client.send("CCC").expect(200).clear();
        }
        return implicit
                ? client.data(client.plan().protection(DataProtection.SAME_SESSION))
                : client;
    }

    private static int answer(ProbeClient client, String command) throws IOException {
        return switch (command.split(" ", 2)[0]) {
            case "STOR", "STOU", "APPE" -> client.upload(command, CONTENT).completion().code();
            case "RETR", "LIST", "NLST", "MLSD" ->
                    client.download(command).transfer().completion().code();
            default -> client.ask(command).code();
        };
    }
}
