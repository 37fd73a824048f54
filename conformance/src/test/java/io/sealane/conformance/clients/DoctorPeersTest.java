package io.sealane.conformance.clients;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealane.accounts.Secret;
import io.sealane.server.doctor.Diagnosis;
import io.sealane.server.doctor.Doctor;
import io.sealane.server.doctor.Finding;
import io.sealane.server.doctor.Login;
import io.sealane.server.doctor.Login.WrongCertificate;
import io.sealane.server.doctor.Mode;
import io.sealane.server.doctor.Observation;
import io.sealane.server.doctor.Request;
import io.sealane.server.doctor.Target;
import io.sealane.testkit.ExternalClient;
import io.sealane.testkit.ExternalClient.Tool;
import io.sealane.testkit.ServerProcess;
import io.sealane.testkit.TestCertificate;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The doctor looks at other servers of this machine, as child processes on the loopback. What is
/// asserted is what each is configured to do, or has always done.
@Timeout(60)
final class DoctorPeersTest {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final String PASSWORD = "S3cret-of-ann";

    /// Accounts that every Debian has, the first with a home that exists.
    private static final String NOBODY = "nobody";

    private static final String DAEMON = "daemon";

    @TempDir private Path folder;

    private Path chain;
    private Path key;
    private HeldPort held;

    @BeforeEach
    void writeCertificate() throws IOException {
        // The servers give up root, and have to come through here.
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        chain = folder.resolve("chain.pem");
        key = folder.resolve("key.pem");
        TestCertificate.rsa().writeChain(chain);
        TestCertificate.rsa().writeKey(key);
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
    }

    @BeforeEach
    void holdPort() throws IOException {
        held = HeldPort.take();
    }

    @AfterEach
    void freePort() throws IOException {
        held.close();
    }

    @Test
    void vsftpd_requires_resumption_and_refuses_data_in_the_clear() throws Exception {
        Path program = PeerAtHand.find(Tool.VSFTPD);
        Path root = Files.createDirectories(folder.resolve("root"));
        own(Files.createDirectory(root.resolve("in")), DAEMON);
        Path empty = Files.createDirectory(folder.resolve("empty"));
        int port = held.number();
        Path config =
                Files.writeString(
                        folder.resolve("vsftpd.conf"),
                        """
                        listen=YES
                        listen_address=127.0.0.1
                        listen_port=%d
                        background=NO
                        anonymous_enable=YES
                        local_enable=NO
                        write_enable=YES
                        anon_upload_enable=YES
                        anon_other_write_enable=YES
                        anon_umask=022
                        anon_root=%s
                        ftp_username=daemon
                        nopriv_user=nobody
                        secure_chroot_dir=%s
                        seccomp_sandbox=NO
                        ssl_enable=YES
                        allow_anon_ssl=YES
                        force_anon_logins_ssl=YES
                        force_anon_data_ssl=YES
                        rsa_cert_file=%s
                        rsa_private_key_file=%s
                        """
                                .formatted(port, root, empty, chain, key));
        try (ServerProcess server =
                ServerProcess.command(program.toString(), config.toString()).start()) {
            Diagnosis diagnosis =
                    examine(
                            server,
                            port,
                            Mode.EXPLICIT,
                            Optional.of(new Visitor("anonymous", "in")));
            assertThat(findings(diagnosis))
                    .as(diagnosis.toString())
                    .contains(
                            Finding.AUTH_IS_A_WALL,
                            Finding.CERTIFICATE_TRUSTED,
                            Finding.FEAT_INCOMPLETE,
                            Finding.LOGIN,
                            Finding.DATA_BY_TLS,
                            Finding.DATA_RESUMPTION_REQUIRED,
                            Finding.CLEAR_DATA_REFUSED)
                    .doesNotContain(
                            Finding.PROBE_FAILED,
                            Finding.LEFT_BEHIND,
                            Finding.LOGIN_NEEDS_TLS); // It refuses all names but one.
            assertThat(root.resolve("in")).isEmptyDirectory();
        }
    }

    @Test
    void proftpd_requires_resumption_and_tls() throws Exception {
        Path program = PeerAtHand.find(Tool.PROFTPD);
        Path home = own(Files.createDirectory(folder.resolve("home")), NOBODY);
        int port = held.number();
        Path config = configureProftpd(program, port, home);
        try (ServerProcess server =
                ServerProcess.command(program.toString(), "-n", "-c", config.toString()).start()) {
            Diagnosis diagnosis =
                    examine(server, port, Mode.EXPLICIT, Optional.of(new Visitor("ann", ".")));
            assertThat(findings(diagnosis))
                    .as(diagnosis.toString())
                    .contains(
                            Finding.LOGIN_NEEDS_TLS,
                            Finding.AUTH_IS_A_WALL,
                            Finding.CERTIFICATE_TRUSTED,
                            Finding.FEAT_COMPLETE,
                            Finding.LOGIN,
                            Finding.DATA_BY_TLS,
                            Finding.DATA_RESUMPTION_REQUIRED,
                            Finding.CLEAR_DATA_REFUSED,
                            Finding.LISTING_ENDS_CLEANLY)
                    .doesNotContain(Finding.PROBE_FAILED, Finding.LEFT_BEHIND);
            assertThat(home).isEmptyDirectory();
        }
    }

    private Path configureProftpd(Path program, int port, Path home) throws IOException {
        Path passwords =
                Files.writeString(
                        folder.resolve("passwd"),
                        "ann:%s:65534:65534::%s:/bin/sh\n".formatted(hash(), home));
        Files.setPosixFilePermissions(passwords, PosixFilePermissions.fromString("rw-------"));
        return Files.writeString(
                folder.resolve("proftpd.conf"),
                """
                ModulePath %s
                LoadModule mod_tls.c
                ServerType standalone
                DefaultAddress 127.0.0.1
                SocketBindTight on
                Port %d
                User nobody
                Group nogroup
                PidFile %s
                ScoreboardFile %s
                DelayEngine off
                UseReverseDNS off
                UseIPv6 off
                AuthOrder mod_auth_file.c
                AuthUserFile %s
                RequireValidShell off
                DefaultRoot ~
                TLSEngine on
                TLSRequired on
                TLSRSACertificateFile %s
                TLSRSACertificateKeyFile %s
                """
                        .formatted(
                                program.resolveSibling("../lib/proftpd").normalize(),
                                port,
                                folder.resolve("pid"),
                                folder.resolve("score"),
                                passwords,
                                chain,
                                key));
    }

    /// Without a login: its passwords take seconds to check.
    @Test
    void pure_ftpd_with_optional_tls_asks_for_the_password_in_the_clear() throws Exception {
        Path program = PeerAtHand.find(Tool.PURE_FTPD);
        int port = held.number();
        ServerProcess.Plan plan =
                ServerProcess.command(
                        program.toString(),
                        "-S",
                        "127.0.0.1," + port,
                        "-Y",
                        "1",
                        "-2",
                        chain + "," + key,
                        "-E",
                        "-H",
                        "-g",
                        folder.resolve("pure.pid").toString());
        try (ServerProcess server = plan.start()) {
            Diagnosis diagnosis = examine(server, port, Mode.EXPLICIT, Optional.empty());
            assertThat(findings(diagnosis))
                    .as(diagnosis.toString())
                    .contains(
                            Finding.EXPLICIT_TLS,
                            Finding.CLEAR_LOGIN,
                            Finding.AUTH_IS_A_WALL,
                            Finding.CERTIFICATE_TRUSTED,
                            Finding.FEAT_COMPLETE,
                            Finding.PROT_MISLEADING,
                            Finding.CLEAR_DATA_ACCEPTED)
                    .doesNotContain(Finding.PROBE_FAILED);
        }
    }

    /// No FTP server, which nobody can find out who does not speak TLS 1.0.
    @Test
    @Needs(Tool.OPENSSL)
    void tls_that_the_jdk_does_not_speak_is_seen_all_the_same() throws Exception {
        int port = held.number();
        ServerProcess.Plan plan =
                ServerProcess.command(
                        Tool.OPENSSL.program(),
                        "s_server",
                        "-accept",
                        "127.0.0.1:" + port,
                        "-cert",
                        chain.toString(),
                        "-key",
                        key.toString(),
                        "-tls1",
                        "-cipher",
                        "ALL:COMPLEMENTOFALL:@SECLEVEL=0",
                        "-www");
        try (ServerProcess server = plan.start()) {
            Diagnosis diagnosis = examine(server, port, Mode.IMPLICIT, Optional.empty());
            assertThat(findings(diagnosis))
                    .as(diagnosis.toString())
                    .contains(
                            Finding.IMPLICIT_TLS,
                            Finding.TLS_OUTDATED,
                            Finding.NO_USABLE_TLS,
                            Finding.CIPHER_WITHOUT_FORWARD_SECRECY,
                            Finding.CIPHER_BROKEN,
                            Finding.CERTIFICATE_TRUSTED)
                    .doesNotContain(Finding.PROBE_FAILED);
            assertThat(diagnosis.exitCode()).isEqualTo(Diagnosis.EXIT_SERIOUS);
        }
    }

    /// Who logs in, and where it may write.
    private record Visitor(String user, String folder) {}

    private static Diagnosis examine(
            ServerProcess server, int port, Mode mode, Optional<Visitor> visitor)
            throws IOException, InterruptedException {
        Await.until("a port of " + server, PATIENCE, () -> listens(port));
        try (Secret password = Secret.of(PASSWORD)) {
            Request request =
                    new Request(
                            Target.parse("127.0.0.1").orElseThrow(),
                            List.of(port),
                            mode,
                            PATIENCE,
                            List.of(TestCertificate.rsa().certificate()),
                            visitor.map(who ->
                                    new Login(
                                            who.user(),
                                            password,
                                            WrongCertificate.REFUSED,
                                            Optional.of(who.folder()))));
            return Doctor.examine(request, InstantSource.system());
        }
    }

    private static boolean listens(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException _) {
            return false;
        }
    }

    /// One that the kernel chose; nobody takes it in the moment until the server does.
    private static Path own(Path path, String user) throws IOException {
        UserPrincipal owner =
                path.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(user);
        return Files.setOwner(path, owner);
    }

    private static String hash() throws IOException {
        return ExternalClient.find(Tool.OPENSSL)
                .orElseThrow(() -> new IOException("no openssl"))
                .run("passwd", "-5", PASSWORD)
                .expectSuccess()
                .output()
                .strip();
    }

    private static List<Finding> findings(Diagnosis diagnosis) {
        return diagnosis.observations().stream().map(Observation::finding).toList();
    }
}
