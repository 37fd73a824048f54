package io.sealane.conformance.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.sealane.conformance.clients.PackagedServer.Settings;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Arrays;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.apache.commons.net.ftp.FTP;
import org.apache.commons.net.ftp.FTPClient;
import org.apache.commons.net.ftp.FTPFile;
import org.apache.commons.net.ftp.FTPReply;
import org.apache.commons.net.ftp.FTPSClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Apache commons-net, the client of most Java programs. It runs in this process.
@ExtendWith(SharedServer.class)
@Timeout(90)
final class CommonsNetTest {
    private static final String TIME = "20240229123456";

    @TempDir private Path folder;

    static Stream<Route> routes() {
        return Route.ofOneMoreClient();
    }

    @ParameterizedTest
    @MethodSource("routes")
    void commons_net_does_it_all(Route route, PackagedServer server) throws Exception {
        Exercise exercise = Exercise.prepare(server, folder);
        FTPClient client = client(route, server);
        try {
            client.connect(route.family().host(), server.port(route.mode()));
            assertThat(FTPReply.isPositiveCompletion(client.getReplyCode())).isTrue();
            logIn(client, route);
            work(client, exercise);
            assertThat(client.logout()).isTrue();
        } finally {
            client.disconnect();
        }
        exercise.verify(route);
    }

    /// Interop: commons-net 3.13 takes a type with a `=` in it for broken (`OS.unix=slink:there`,
    /// RFC 3659 section 7.5.1.5) and leaves the entry out; LIST it reads.
    @Test
    void links_that_are_no_files_are_lost_to_mlist_and_read_by_list(PackagedServer server)
            throws Exception {
        String remote = server.newFolder("links");
        layLinks(server.home().resolve(remote));
        FTPClient client = visiting(server, remote);
        try {
            assertThat(client.mlistFile("to-folder")).isNull();
            assertThat(client.mlistFile("to-file").isFile()).isTrue();
            assertThat(client.mlistDir(null, file -> file != null))
                    .extracting(FTPFile::getName)
                    .containsExactlyInAnyOrder("file", "folder", "to-file");
            assertThat(client.listFiles())
                    .filteredOn(FTPFile::isSymbolicLink)
                    .extracting(FTPFile::getName, FTPFile::getLink)
                    .containsExactlyInAnyOrder(
                            tuple("to-file", "file"),
                            tuple("to-folder", "folder"),
                            tuple("dangling", "nowhere"),
                            tuple("loop", "loop"));
        } finally {
            client.disconnect();
        }
    }

    @Test
    void links_shown_as_their_targets_are_all_seen() throws Exception {
        try (PackagedServer server =
                PackagedServer.start(
                        folder,
                        Settings.standard().more("storage: { symbolic-links: as-targets }\n"))) {
            String remote = server.newFolder("links");
            layLinks(server.home().resolve(remote));
            FTPClient client = visiting(server, remote);
            try {
                assertThat(client.mlistDir())
                        .extracting(FTPFile::getName, FTPFile::isDirectory)
                        .containsExactlyInAnyOrder(
                                tuple("file", false),
                                tuple("folder", true),
                                tuple("to-file", false),
                                tuple("to-folder", true),
                                tuple("dangling", false),
                                tuple("loop", false));
                assertThat(client.mlistFile("loop").isFile()).isTrue();
            } finally {
                client.disconnect();
            }
        }
    }

    private static void layLinks(Path on) throws IOException {
        Files.writeString(on.resolve("file"), "x");
        Files.createDirectory(on.resolve("folder"));
        Files.createSymbolicLink(on.resolve("to-file"), Path.of("file"));
        Files.createSymbolicLink(on.resolve("to-folder"), Path.of("folder"));
        Files.createSymbolicLink(on.resolve("dangling"), Path.of("nowhere"));
        Files.createSymbolicLink(on.resolve("loop"), Path.of("loop"));
    }

    private static FTPClient visiting(PackagedServer server, String remote) throws Exception {
        Route route = new Route(Mode.PLAIN, Protection.CLEAR);
        FTPClient client = client(route, server);
        client.connect(route.family().host(), server.port(route.mode()));
        logIn(client, route);
        assertThat(client.changeWorkingDirectory("/" + remote)).isTrue();
        return client;
    }

    private static FTPClient client(Route route, PackagedServer server)
            throws IOException, GeneralSecurityException {
        FTPClient client =
                switch (route.mode().opening()) {
                    case CLEAR -> new FTPClient();
                    case UPGRADED -> secure(false, route, server);
                    case TLS_FIRST -> secure(true, route, server);
                };
        client.setAutodetectUTF8(true);
        return client;
    }

    private static FTPSClient secure(boolean implicit, Route route, PackagedServer server)
            throws IOException, GeneralSecurityException {
        KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
        trusted.load(null, null);
        try (InputStream stream = Files.newInputStream(server.certificate())) {
            Certificate certificate =
                    CertificateFactory.getInstance("X.509").generateCertificate(stream);
            trusted.setCertificateEntry("server", certificate);
        }
        TrustManagerFactory trust =
                TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        FTPSClient client = new FTPSClient(implicit, context);
        client.setEnabledProtocols(new String[] {route.protection().inLog()});
        return client;
    }

    private static void logIn(FTPClient client, Route route) throws IOException {
        assertThat(client.login(PackagedServer.USER, PackagedServer.PASSWORD)).isTrue();
        if (client instanceof FTPSClient secure) {
            secure.execPBSZ(0);
            secure.execPROT("P");
        }
        assertThat(client.setFileType(FTP.BINARY_FILE_TYPE)).isTrue();
        switch (route.way()) {
            case PASSIVE -> client.enterLocalPassiveMode();
            case ACTIVE -> client.enterLocalActiveMode();
        }
    }

    private static void work(FTPClient client, Exercise exercise) throws IOException {
        assertThat(client.changeWorkingDirectory("/" + exercise.remote())).isTrue();
        for (String name : exercise.uploaded()) {
            upload(client, exercise, name, 0);
            assertThat(client.getSize(name))
                    .isEqualTo(Long.toString(Files.size(exercise.local().resolve(name))));
            assertThat(client.setModificationTime(name, TIME)).isTrue();
            assertThat(client.getModificationTime(name)).isEqualTo(TIME);
        }
        exercise.verifyListing(String.join("\n", client.listNames()));
        exercise.verifyListing(names(client.listFiles()));
        exercise.verifyListing(names(client.mlistDir()));
        for (String name : exercise.downloaded()) {
            download(client, exercise, name, name + Exercise.BACK);
        }
        upload(client, exercise, Exercise.RESUMED_UP, Exercise.FIRST_PART);
        client.setRestartOffset(Exercise.FIRST_PART);
        download(client, exercise, Exercise.RESUMED_DOWN, Exercise.RESUMED_DOWN);
        assertThat(client.rename(Exercise.SMALL, Exercise.RENAMED)).isTrue();
        assertThat(client.deleteFile(Exercise.EMPTY)).isTrue();
        assertThat(client.makeDirectory(Exercise.KEPT_FOLDER)).isTrue();
        assertThat(client.makeDirectory(Exercise.GONE_FOLDER)).isTrue();
        assertThat(client.removeDirectory(Exercise.GONE_FOLDER)).isTrue();
    }

    private static String names(FTPFile[] files) {
        return String.join("\n", Arrays.stream(files).map(FTPFile::getName).toList());
    }

    private static void upload(FTPClient client, Exercise exercise, String name, long offset)
            throws IOException {
        try (InputStream content = Files.newInputStream(exercise.local().resolve(name))) {
            content.skipNBytes(offset);
            client.setRestartOffset(offset);
            assertThat(client.storeFile(name, content)).as("%s", name).isTrue();
        }
    }

    private static void download(FTPClient client, Exercise exercise, String name, String local)
            throws IOException {
        try (OutputStream content =
                Files.newOutputStream(
                        exercise.local().resolve(local),
                        StandardOpenOption.CREATE,
                        StandardOpenOption.APPEND)) {
            assertThat(client.retrieveFile(name, content)).as("%s", name).isTrue();
        }
    }
}
