package io.sealane.conformance.clients;

import io.sealane.testkit.ExternalClient;
import io.sealane.testkit.ExternalClient.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A certificate authority by openssl, in a folder. What it issues for `NAME` is `NAME.pem`, with
/// the authority behind it, and `NAME.key`.
record Issuer(Path folder) {
    enum Key {
        EC("ec", "ec_paramgen_curve:P-256"),
        RSA("rsa", "rsa_keygen_bits:2048");

        private final String algorithm;
        private final String option;

        Key(String algorithm, String option) {
            this.algorithm = algorithm;
            this.option = option;
        }
    }

    static Issuer in(Path folder) throws IOException {
        Issuer issuer = new Issuer(folder);
        issuer.make("ca", Key.EC, "basicConstraints=critical,CA:true", List.of());
        return issuer;
    }

    Path certificate() {
        return folder.resolve("ca.pem");
    }

    Path chain(String name) {
        return folder.resolve(name + ".pem");
    }

    Path key(String name) {
        return folder.resolve(name + ".key");
    }

    void issue(String name, Key key, String host, String... extensions) throws IOException {
        List<String> more = new ArrayList<>(List.of("-CA", "ca.pem", "-CAkey", "ca.key"));
        for (String extension : extensions) {
            more.addAll(List.of("-addext", extension));
        }
        make(name, key, "subjectAltName=DNS:" + host, more);
        Files.writeString(
                chain(name), Files.readString(chain(name)) + Files.readString(certificate()));
    }

    /// Answers an OCSP request: all that it issued with these serial numbers is good for a day.
    byte[] ocsp(byte[] request, String serial) throws IOException {
        Files.writeString(
                folder.resolve("index.txt"),
                "V\t391231235959Z\t\t" + serial + "\tunknown\t/CN=a\n");
        Files.write(folder.resolve("request.der"), request);
        openssl(
                "ocsp",
                "-index",
                "index.txt",
                "-CA",
                "ca.pem",
                "-rsigner",
                "ca.pem",
                "-rkey",
                "ca.key",
                "-reqin",
                "request.der",
                "-respout",
                "response.der",
                "-ndays",
                "1");
        return Files.readAllBytes(folder.resolve("response.der"));
    }

    private void make(String name, Key key, String extension, List<String> more)
            throws IOException {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                "req",
                                "-x509",
                                "-nodes",
                                "-newkey",
                                key.algorithm,
                                "-pkeyopt",
                                key.option,
                                "-keyout",
                                name + ".key",
                                "-out",
                                name + ".pem",
                                "-subj",
                                "/CN=" + name,
                                "-days",
                                "90",
                                "-addext",
                                extension));
        command.addAll(more);
        openssl(command.toArray(String[]::new));
    }

    private void openssl(String... command) throws IOException {
        ExternalClient.find(Tool.OPENSSL).orElseThrow().in(folder).run(command).expectSuccess();
    }
}
