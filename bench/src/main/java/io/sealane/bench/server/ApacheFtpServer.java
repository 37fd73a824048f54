package io.sealane.bench.server;

import io.sealane.bench.server.Site.Keys;
import io.sealane.testkit.TestCertificate;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.List;

/// Apache FtpServer in a process of its own, by [ApacheFtpServerMain].
final class ApacheFtpServer implements Contender {
    static final String USER = "bench";

    @Override
    public String name() {
        return "Apache FtpServer";
    }

    @Override
    public Running start(Site site, Keys keys) throws IOException, InterruptedException {
        int port = Running.freePort();
        Path store = site.newFolder("apache").resolve("keys.p12");
        write(keys.certificate(), store);
        return Running.start(
                name(),
                USER,
                port,
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        ApacheFtpServerMain.class.getName(),
                        Integer.toString(port),
                        store.toString(),
                        site.root().toString()));
    }

    private static void write(TestCertificate certificate, Path store) throws IOException {
        char[] password = Site.PASSWORD.toCharArray();
        try (OutputStream out = Files.newOutputStream(store)) {
            KeyStore keys = KeyStore.getInstance("PKCS12");
            keys.load(null, password);
            keys.setKeyEntry(
                    "server",
                    certificate.key(),
                    password,
                    certificate.chain().toArray(X509Certificate[]::new));
            keys.store(out, password);
        } catch (GeneralSecurityException cause) {
            throw new IOException("no key store", cause);
        }
    }
}
