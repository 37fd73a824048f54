package io.sealane.bench.server;

import io.sealane.bench.server.Site.Keys;
import io.sealane.testkit.ExternalClient;
import io.sealane.testkit.ExternalClient.Tool;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/// Pure-FTPd, its user in its own database with the hash that its own tool chooses.
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
        Path users = folder.resolve("users");
        Path database = folder.resolve("users.pdb");
        ExternalClient.at(program.resolveSibling("../bin/pure-pw").normalize())
                .input(Site.PASSWORD + "\n" + Site.PASSWORD + "\n")
                .run(
                        "useradd",
                        USER,
                        "-u",
                        Site.OWNER,
                        "-g",
                        Site.OWNER,
                        "-d",
                        site.root().toString(),
                        "-f",
                        users.toString(),
                        "-F",
                        database.toString(),
                        "-m")
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
