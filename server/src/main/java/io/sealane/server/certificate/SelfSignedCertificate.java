package io.sealane.server.certificate;

import io.sealane.config.CertificateName;
import io.sealane.config.Ocsp;
import io.sealane.core.tls.TlsIdentity;
import io.sealane.server.certificate.CertificateFiles.Origin;
import io.sealane.server.certificate.CertificateFiles.Place;
import java.io.IOException;
import java.io.StringWriter;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/// A certificate made at the first start and kept: for trying things out, and for clients that pin
/// what they see. Names `localhost`, the loopback addresses and this host.
public final class SelfSignedCertificate {
    public static final String CHAIN_FILE = "certificate.pem";
    public static final String KEY_FILE = "key.pem";

    /// Long, because what pins it must be changed by hand when it ends.
    private static final Duration VALID_FOR = Duration.ofDays(3650);

    /// What tells an ACME authority that this certificate was made for it alone.
    private static final ASN1ObjectIdentifier ACME_IDENTIFIER =
            new ASN1ObjectIdentifier("1.3.6.1.5.5.7.1.31");

    private static final int SERIAL_BITS = 127;
    private static final String NOT_YET_ISSUED = "not yet issued";

    private SelfSignedCertificate() {}

    /// The certificate kept in `folder`, made if there is none.
    static Place keptIn(Path folder, Instant now) throws CertificateFault {
        Path chain = folder.resolve(CHAIN_FILE);
        Path key = folder.resolve(KEY_FILE);
        if (!Files.exists(chain) || !Files.exists(key)) {
            try {
                PrivateFiles.createFolder(folder);
                Pem made = make(hostName(), ownNames(), now);
                PrivateFiles.write(key, made.key);
                PrivateFiles.write(chain, made.certificate);
            } catch (IOException failed) {
                throw new CertificateFault(
                        "no self-signed certificate in " + folder + ": " + failed, failed);
            }
        }
        return new Place("self-signed", List.of(), chain, key, Ocsp.OFF, Origin.SERVER);
    }

    /// Writes a certificate for these names, and its key, into one file.
    static void write(Path file, List<CertificateName> names, Instant now) throws IOException {
        Set<GeneralName> all = new LinkedHashSet<>();
        names.forEach(name -> all.add(new GeneralName(GeneralName.dNSName, name.text())));
        Pem made = make(NOT_YET_ISSUED, all, now);
        PrivateFiles.write(file, made.key + made.certificate);
    }

    /// Whether it is one that [#write] made, in place of one that is not there yet.
    static boolean standsIn(X509Certificate certificate) {
        return certificate.getSubjectX500Principal().getName().equals("CN=" + NOT_YET_ISSUED);
    }

    /// The certificate that answers a tls-alpn-01 challenge (RFC 8737 section 3).
    ///
    /// @param validation what proves the account, 32 octets
    static TlsIdentity challenge(String name, byte[] validation, Instant now) throws IOException {
        KeyPair pair = newKey();
        try {
            X509CertificateHolder certificate =
                    sign(
                            pair,
                            "acme.invalid",
                            Set.of(new GeneralName(GeneralName.dNSName, name)),
                            List.of(
                                    Extension.create(
                                            ACME_IDENTIFIER, true, new DEROctetString(validation))),
                            now);
            return new TlsIdentity(
                    pair.getPrivate(),
                    List.of(new JcaX509CertificateConverter().getCertificate(certificate)));
        } catch (OperatorCreationException | CertificateException impossible) {
            throw new IllegalStateException("the JDK has ECDSA", impossible);
        }
    }

    private record Pem(String key, String certificate) {}

    private static Pem make(String subject, Set<GeneralName> names, Instant now)
            throws IOException {
        try {
            KeyPair pair = newKey();
            return new Pem(
                    pem(new JcaPKCS8Generator(pair.getPrivate(), null)),
                    pem(
                            sign(
                                    pair,
                                    subject,
                                    names,
                                    List.of(
                                            Extension.create(
                                                    Extension.basicConstraints,
                                                    true,
                                                    new BasicConstraints(true))),
                                    now)));
        } catch (OperatorCreationException impossible) {
            throw new IllegalStateException("the JDK has ECDSA", impossible);
        }
    }

    /// An EC key on P-256.
    static KeyPair newKey() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("the JDK has P-256", impossible);
        }
    }

    private static X509CertificateHolder sign(
            KeyPair pair,
            String subject,
            Set<GeneralName> names,
            List<Extension> extensions,
            Instant now)
            throws IOException, OperatorCreationException {
        X500Name name = new X500Name("CN=" + subject);
        JcaX509v3CertificateBuilder builder =
                new JcaX509v3CertificateBuilder(
                        name,
                        new BigInteger(SERIAL_BITS, new SecureRandom()),
                        Date.from(now.minus(Duration.ofHours(1))),
                        Date.from(now.plus(VALID_FOR)),
                        name,
                        pair.getPublic());
        for (Extension extension : extensions) {
            builder.addExtension(extension);
        }
        builder.addExtension(
                Extension.subjectAlternativeName,
                false,
                new GeneralNames(names.toArray(GeneralName[]::new)));
        return builder.build(
                new JcaContentSignerBuilder("SHA256withECDSA").build(pair.getPrivate()));
    }

    private static Set<GeneralName> ownNames() {
        Set<GeneralName> names = new LinkedHashSet<>();
        names.add(new GeneralName(GeneralName.dNSName, "localhost"));
        names.add(new GeneralName(GeneralName.dNSName, hostName()));
        names.add(new GeneralName(GeneralName.iPAddress, "127.0.0.1"));
        names.add(new GeneralName(GeneralName.iPAddress, "::1"));
        return names;
    }

    private static String hostName() {
        try {
            String name = InetAddress.getLocalHost().getHostName();
            return name.matches("[A-Za-z0-9.-]{1,64}") ? name : "localhost";
        } catch (UnknownHostException nameless) {
            return "localhost";
        }
    }

    /// One PEM object: a certificate or a key.
    static String pem(Object object) throws IOException {
        StringWriter text = new StringWriter();
        try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
            writer.writeObject(object);
        }
        return text.toString();
    }
}
