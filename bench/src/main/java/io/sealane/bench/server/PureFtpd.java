package io.sealane.bench.server;

import io.sealane.bench.server.Site.Keys;
import io.sealane.testkit.ExternalClient;
import io.sealane.testkit.ExternalClient.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Pure-FTPd, its user in its own database with a hash by SHA-256 crypt. Its own tool would choose
/// Argon2id with as much work as the machine does in a second, and each login would do it again:
/// several times what a download of 1 GiB costs.
final class PureFtpd implements Contender {
    private static final String USER = "bench";
    private static final String CLIENTS_MAX = "20000";

    @Override
    public String name() {
        return "Pure-FTPd";
    }

    @Override
    public Running start(Site site, Keys keys) throws IOException, InterruptedException {
        Path program = Programs.find(Tool.PURE_FTPD);
        int port = Running.freePort();
        Path folder = site.newFolder("pure-ftpd");
        Path database = folder.resolve("users.pdb");
        Path users =
                Files.writeString(
                        folder.resolve("users"),
                        "%s:%s:%d:%d::%s/./::::::::::::\n"
                                .formatted(
                                        USER,
                                        Programs.sha256Crypt(Site.PASSWORD),
                                        Site.OWNER_ID,
                                        Site.OWNER_ID,
                                        site.root()));
        ExternalClient.at(program.resolveSibling("../bin/pure-pw").normalize())
                .run("mkdb", database.toString(), "-f", users.toString())
                .expectSuccess();
        return Running.start(
                name(),
                USER,
                port,
                List.of(
                        program.toString(),
                        "-S",
                        "127.0.0.1," + port,
                        "-Y",
                        "1",
                        "-2",
                        site.chain(keys) + "," + site.key(keys),
                        "-E",
                        "-H",
                        "-A",
                        "-u",
                        "1",
                        "-c",
                        CLIENTS_MAX,
                        "-C",
                        CLIENTS_MAX,
                        "-I",
                        "60",
                        "-L",
                        "2000000:10",
                        "-l",
                        "puredb:" + database,
                        "-g",
                        folder.resolve("pid").toString()));
    }
}
