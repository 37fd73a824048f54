package io.sealane.bench.server;

import io.sealane.bench.server.Site.Keys;
import io.sealane.testkit.ExternalClient.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/// ProFTPD, its user in a file of its own with a hash by SHA-256 crypt.
final class Proftpd implements Contender {
    private static final String USER = "bench";

    @Override
    public String name() {
        return "ProFTPD";
    }

    @Override
    public Running start(Site site, Keys keys) throws IOException, InterruptedException {
        Path program = Programs.find(Tool.PROFTPD);
        int port = Running.freePort();
        Path folder = site.newFolder("proftpd");
        Path passwords = passwords(folder, site);
        String kind = keys == Keys.RSA ? "RSA" : "EC";
        Path config =
                Files.writeString(
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
                        MaxInstances 20000
                        MaxConnectionRate 100000
                        TimeoutIdle 3600
                        TimeoutNoTransfer 3600
                        AuthOrder mod_auth_file.c
                        AuthUserFile %s
                        RequireValidShell off
                        DefaultRoot ~
                        AllowOverwrite on
                        TLSEngine on
                        TLSRequired off
                        TLSOptions NoSessionReuseRequired
                        TLS%sCertificateFile %s
                        TLS%sCertificateKeyFile %s
                        """
                                .formatted(
                                        program.resolveSibling("../lib/proftpd").normalize(),
                                        port,
                                        folder.resolve("pid"),
                                        folder.resolve("score"),
                                        passwords,
                                        kind,
                                        site.chain(keys),
                                        kind,
                                        site.key(keys)));
        return Running.start(
                name(), USER, port, List.of(program.toString(), "-n", "-c", config.toString()));
    }

    private static Path passwords(Path folder, Site site) throws IOException {
        Path passwords =
                Files.writeString(
                        folder.resolve("passwd"),
                        "%s:%s:%d:%d::%s:/bin/sh\n"
                                .formatted(
                                        USER,
                                        Programs.sha256Crypt(Site.PASSWORD),
                                        Site.OWNER_ID,
                                        Site.OWNER_ID,
                                        site.root()));
        Files.setPosixFilePermissions(passwords, PosixFilePermissions.fromString("rw-------"));
        return passwords;
    }
}
