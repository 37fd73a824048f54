package io.sealane.conformance.clients;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sealane.conformance.clients.PackagedServer.Settings;
import io.sealane.conformance.clients.PackagedServer.UserMaking;
import io.sealane.testkit.ProbeClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What the host lets the server do: directories that it may enter and not list, as drop boxes are,
/// and files that are others'. Run by root the server gives up rights of root's first (`setpriv`).
@Timeout(60)
final class HostPermissionsTest {
    private static final List<String> AS_ANYBODY =
            System.getProperty("user.name").equals("root")
                    ? List.of(
                            "setpriv",
                            "--bounding-set",
                            "-dac_override,-dac_read_search",
                            "--inh-caps",
                            "-dac_override,-dac_read_search")
                    : List.of();

    @TempDir private Path folder;

    @AfterEach
    void letTheFolderBeRemoved() throws IOException {
        for (Path closed : List.of(home().resolve("drop"), home())) {
            if (Files.exists(closed)) {
                permit(closed, "rwxr-xr-x");
            }
        }
    }

    private Path home() {
        return folder.resolve("home of ann");
    }

    private static void permit(Path path, String permissions) throws IOException {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
    }

    private PackagedServer server() throws IOException, InterruptedException {
        PackagedServer server =
                PackagedServer.start(folder, Settings.standard(), UserMaking.HERE, AS_ANYBODY);
        assertThat(server.home()).isEqualTo(home());
        return server;
    }

    private static ProbeClient client(PackagedServer server) throws IOException {
        ProbeClient client =
                ProbeClient.connect(
                        new InetSocketAddress(
                                InetAddress.getLoopbackAddress(), server.port(Mode.PLAIN)));
        client.expect(220);
        client.send("USER " + PackagedServer.USER).expect(331);
        client.send("PASS " + PackagedServer.PASSWORD).expect(230);
        client.send("TYPE I").expect(200);
        return client;
    }

    @Test
    void a_directory_that_cannot_be_listed_can_be_worked_in() throws Exception {
        try (PackagedServer server = server()) {
            Path drop = Files.createDirectory(home().resolve("drop"));
            Files.writeString(drop.resolve("there"), "content");
            permit(drop, "-wx-wx-wx");
            try (ProbeClient client = client(server)) {
                client.send("EPSV").expect(229).send("LIST drop").expect(550);
                client.send("SIZE drop/there").expect(213);
                client.upload("STOR drop/new", "new".getBytes(UTF_8)).expect(150, 226);
                client.upload("APPE drop/new", "er".getBytes(UTF_8)).expect(150, 226);
                client.upload("STOU drop/", "unique".getBytes(UTF_8)).expect(150, 226);
                assertThat(client.download("RETR drop/new").expect(150, 226).text())
                        .isEqualTo("newer");
                client.send("RNFR drop/new").expect(350).send("RNTO drop/old").expect(250);
                client.send("MKD drop/made").expect(257).send("RMD drop/made").expect(250);
                client.send("MKD drop/full").expect(257).send("MKD drop/full/x").expect(257);
                permit(drop.resolve("full"), "-wx-wx-wx");
                assertThat(client.ask("RMD drop/full").text()).contains("not empty");
                permit(drop.resolve("full"), "rwx------");
                client.send("DELE drop/old").expect(250);
                client.send("CWD drop").expect(250);
            }
        }
    }

    @Test
    void a_home_that_cannot_be_listed_can_be_logged_in_to() throws Exception {
        try (PackagedServer server = server()) {
            permit(home(), "-wx-wx-wx");
            try (ProbeClient client = client(server)) {
                client.upload("STOR new", "new".getBytes(UTF_8)).expect(150, 226);
                assertThat(client.download("RETR new").expect(150, 226).text()).isEqualTo("new");
            }
        }
    }

    /// Only the system's administrator gives files away; what he gave away need not be his any
    /// more.
    @Test
    void a_replaced_file_stays_whose_it_is() throws Exception {
        boolean isRoot = System.getProperty("user.name").equals("root");
        List<String> ownersAlone =
                List.of("setpriv", "--bounding-set", "-fowner", "--inh-caps", "-fowner");
        try (PackagedServer server =
                PackagedServer.start(
                        folder,
                        Settings.standard(),
                        UserMaking.HERE,
                        isRoot ? ownersAlone : List.of())) {
            Path file = Files.writeString(home().resolve("file"), "old");
            permit(file, "rw-rw-r--");
            if (isRoot) {
                Files.setAttribute(file, "unix:uid", 1234);
                Files.setAttribute(file, "unix:gid", 1235);
            }
            String owners = Files.readAttributes(file, "unix:uid,gid").toString();
            try (ProbeClient client = client(server)) {
                client.upload("STOR file", "new".getBytes(UTF_8)).expect(150, 226);
                client.upload("APPE file", "er".getBytes(UTF_8)).expect(150, 226);
            }
            assertThat(file).hasContent("newer");
            assertThat(Files.readAttributes(file, "unix:uid,gid")).hasToString(owners);
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-rw-r--");
        }
    }

    /// Without the right to give files away, and in no other group.
    @Test
    void where_the_group_cannot_stay_its_permissions_go() throws Exception {
        Assumptions.assumeTrue(
                System.getProperty("user.name").equals("root"),
                "only root can make a file of another group for this");
        List<String> withoutGiving =
                List.of("setpriv", "--bounding-set", "-chown", "--inh-caps", "-chown");
        try (PackagedServer server =
                PackagedServer.start(folder, Settings.standard(), UserMaking.HERE, withoutGiving)) {
            Path file = Files.writeString(home().resolve("file"), "old");
            permit(file, "rw-rw-r--");
            Files.setAttribute(file, "unix:gid", 1235);
            try (ProbeClient client = client(server)) {
                client.upload("STOR file", "new".getBytes(UTF_8)).expect(150, 226);
            }
            assertThat(file).hasContent("new");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-r--r--");
        }
    }
}
