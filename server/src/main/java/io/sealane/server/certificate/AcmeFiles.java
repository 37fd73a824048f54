package io.sealane.server.certificate;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sealane.config.AcmeConfig;
import io.sealane.config.CertificateName;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;

/// Where the keys and certificates of ACME authorities are. Each file has a key, and behind it the
/// chain if it is a certificate's: what is written in one step fits together.
record AcmeFiles(Path folder) {
    private static final int HASH_OCTETS = 6;

    /// @param tls folder of all that the server makes itself for TLS
    static AcmeFiles in(Path tls) {
        return new AcmeFiles(tls.resolve("acme"));
    }

    /// A certificate's file. Other names or another authority make it another one.
    Path certificate(List<CertificateName> names, AcmeConfig acme) {
        String all =
                names.stream()
                        .map(CertificateName::text)
                        .collect(Collectors.joining(" ", acme.directory() + " ", ""));
        return folder.resolve(names.getFirst() + "-" + hash(all) + ".pem");
    }

    /// The file of the account's key.
    Path account(AcmeConfig acme) {
        return folder.resolve("account-" + hash(acme.directory().toString()) + ".pem");
    }

    private static String hash(String text) {
        try {
            byte[] whole = MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
            return HexFormat.of().formatHex(whole, 0, HASH_OCTETS);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("the JDK has SHA-256", impossible);
        }
    }
}
