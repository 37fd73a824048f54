package io.sealane.testkit;

import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.net.InetAddress;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import javax.security.auth.x500.X500Principal;

/// A certificate authority with keys on P-256, and what it issues: authorities below it, clients'
/// certificates, revocation lists. Made in memory, in a millisecond each. Safe from any thread.
public final class TestAuthority {
    /// What a client's certificate says.
    ///
    /// @param subject as [X500Principal] reads it
    /// @param emails among the alternative names
    /// @param dnsNames among the alternative names
    /// @param uses extended key usages by their object identifiers; empty: any use
    public record Spec(
            String subject,
            List<String> emails,
            List<String> dnsNames,
            List<String> uses,
            Instant from,
            Instant until) {
        public static final String CLIENT_AUTH = "1.3.6.1.5.5.7.3.2";
        public static final String SERVER_AUTH = "1.3.6.1.5.5.7.3.1";

        /// A good one, a day old, for ten years.
        public static Spec of(String subject) {
            Instant now = Instant.now();
            return new Spec(
                    subject,
                    List.of(),
                    List.of(),
                    List.of(CLIENT_AUTH),
                    now.minus(Duration.ofDays(1)),
                    now.plus(Duration.ofDays(3650)));
        }

        public Spec emails(String... addresses) {
            return new Spec(subject, List.of(addresses), dnsNames, uses, from, until);
        }

        public Spec dnsNames(String... names) {
            return new Spec(subject, emails, List.of(names), uses, from, until);
        }

        public Spec uses(String... identifiers) {
            return new Spec(subject, emails, dnsNames, List.of(identifiers), from, until);
        }

        public Spec forAnyUse() {
            return uses(new String[0]);
        }

        public Spec valid(Instant first, Instant last) {
            return new Spec(subject, emails, dnsNames, uses, first, last);
        }
    }

    private static final String KEY_USAGE = "2.5.29.15";
    private static final String ALTERNATIVE_NAME = "2.5.29.17";
    private static final String BASIC_CONSTRAINTS = "2.5.29.19";
    private static final String CRL_NUMBER = "2.5.29.20";
    private static final String DELTA_CRL_INDICATOR = "2.5.29.27";
    private static final String ISSUING_DISTRIBUTION_POINT = "2.5.29.28";
    private static final String EXTENDED_KEY_USAGE = "2.5.29.37";

    /// keyCertSign and cRLSign, digitalSignature (RFC 5280 section 4.2.1.3).
    private static final byte[] SIGNS_CERTIFICATES = Der.bits(0x06, 1);

    private static final byte[] SIGNS_DATA = Der.bits(0x80, 7);

    private static final int EMAIL = 1;
    private static final int DNS_NAME = 2;
    private static final int IP_ADDRESS = 7;

    private static final int SERIAL_BITS = 64;

    private static final AtomicLong SERIALS = new AtomicLong(1);

    private final PrivateKey key;
    private final X509Certificate certificate;
    private final List<X509Certificate> sent;

    /// @param sent what goes behind all that it issues: from its own certificate up to below the
    ///   root's
    private TestAuthority(PrivateKey key, X509Certificate certificate, List<X509Certificate> sent) {
        this.key = key;
        this.certificate = certificate;
        this.sent = sent;
    }

    /// An authority that nobody stands above.
    public static TestAuthority root(String subject) {
        KeyPair keys = newKeys();
        Spec spec = Spec.of(subject);
        X509Certificate certificate =
                certificate(spec, nextSerial(), subject, keys.getPrivate(), keys, authority());
        return new TestAuthority(keys.getPrivate(), certificate, List.of());
    }

    public X509Certificate certificate() {
        return certificate;
    }

    /// Issues an authority below this one.
    public TestAuthority authority(String subject) {
        KeyPair keys = newKeys();
        X509Certificate issued = issued(Spec.of(subject), keys, authority());
        return new TestAuthority(keys.getPrivate(), issued, chainOf(issued));
    }

    /// What one of two authorities issues, with as many certificates behind it by which each of the
    /// two, under keys that change, was issued by the other. Who looks for a path by names, and for
    /// signatures when one is found, finds that each order of them may be one.
    public static List<X509Certificate> maze(Spec spec, int others) {
        TestAuthority left = root("CN=Left");
        TestAuthority right = root("CN=Right");
        List<X509Certificate> chain = new ArrayList<>();
        chain.add(left.issue(spec).chain().getFirst());
        while (chain.size() <= others) {
            TestAuthority one =
                    chain.size() % 2 == 0 ? left.authority("CN=Right") : right.authority("CN=Left");
            chain.add(one.certificate());
        }
        return chain;
    }

    /// Issues a client's certificate. Its chain ends below the root.
    public TestCertificate issue(Spec spec) {
        KeyPair keys = newKeys();
        X509Certificate issued = issued(spec, keys, client(spec));
        return TestCertificate.of(keys.getPrivate(), chainOf(issued));
    }

    /// A server's certificate that signs itself, for `localhost`, `127.0.0.1` and `::1`. Its serial
    /// number is random: each process makes one with the same name.
    static TestCertificate selfSigned(KeyPair keys) {
        Spec spec = Spec.of("CN=localhost");
        byte[] names =
                Der.sequence(
                        Der.taggedText(DNS_NAME, "localhost"),
                        Der.taggedOctets(
                                IP_ADDRESS, InetAddress.ofLiteral("127.0.0.1").getAddress()),
                        Der.taggedOctets(IP_ADDRESS, InetAddress.ofLiteral("::1").getAddress()));
        BigInteger serial = new BigInteger(SERIAL_BITS, new SecureRandom());
        X509Certificate certificate =
                certificate(
                        spec,
                        serial,
                        spec.subject(),
                        keys.getPrivate(),
                        keys,
                        extension(ALTERNATIVE_NAME, names));
        return TestCertificate.of(keys.getPrivate(), List.of(certificate));
    }

    /// A list of what it revoked, good from an hour ago for a day.
    public X509CRL revocations(X509Certificate... revoked) {
        Instant now = Instant.now();
        return revocations(now.minus(Duration.ofHours(1)), now.plus(Duration.ofDays(1)), revoked);
    }

    /// What a list is about.
    public enum Scope {
        EVERYTHING,
        /// By an issuing distribution point (RFC 5280 section 5.2.5).
        CLIENTS_ONLY,
        /// What changed since another list (RFC 5280 section 5.2.4).
        DELTA
    }

    public X509CRL revocations(Instant thisUpdate, Instant nextUpdate, X509Certificate... revoked) {
        return revocations(Scope.EVERYTHING, thisUpdate, nextUpdate, revoked);
    }

    public X509CRL revocations(
            Scope scope, Instant thisUpdate, Instant nextUpdate, X509Certificate... revoked) {
        List<byte[]> entries =
                Arrays.stream(revoked)
                        .map(certificate ->
                                Der.sequence(
                                        Der.integer(certificate.getSerialNumber()),
                                        Der.time(thisUpdate)))
                        .toList();
        byte[] list =
                Der.sequence(
                        Der.integer(BigInteger.ONE),
                        SignatureKind.of(key).identifier(),
                        new X500Principal(issuer()).getEncoded(),
                        Der.time(thisUpdate),
                        Der.time(nextUpdate),
                        entries.isEmpty()
                                ? new byte[0]
                                : Der.sequence(entries.toArray(byte[][]::new)),
                        Der.tagged(
                                0,
                                Der.sequence(
                                        extension(CRL_NUMBER, Der.integer(nextSerial())),
                                        about(scope))));
        try {
            return (X509CRL)
                    CertificateFactory.getInstance("X.509")
                            .generateCRL(
                                    new ByteArrayInputStream(
                                            SignatureKind.of(key).signed(list, key)));
        } catch (GeneralSecurityException defect) {
            throw new IllegalStateException(defect);
        }
    }

    /// Writes its certificate as PEM.
    public void writeCertificate(Path file) {
        try {
            TestCertificate.write(file, "CERTIFICATE", certificate().getEncoded());
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /// Writes a revocation list as PEM.
    public static void writeList(Path file, X509CRL list) {
        try {
            TestCertificate.write(file, "X509 CRL", list.getEncoded());
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private String issuer() {
        return certificate().getSubjectX500Principal().getName();
    }

    private List<X509Certificate> chainOf(X509Certificate issued) {
        List<X509Certificate> whole = new ArrayList<>(List.of(issued));
        whole.addAll(sent);
        return whole;
    }

    private X509Certificate issued(Spec spec, KeyPair keys, byte[] extensions) {
        return certificate(spec, nextSerial(), issuer(), key, keys, extensions);
    }

    private static X509Certificate certificate(
            Spec spec,
            BigInteger serial,
            String issuer,
            PrivateKey by,
            KeyPair keys,
            byte[] extensions) {
        byte[] toBeSigned =
                Der.sequence(
                        Der.tagged(0, Der.integer(BigInteger.TWO)),
                        Der.integer(serial),
                        SignatureKind.of(by).identifier(),
                        new X500Principal(issuer).getEncoded(),
                        Der.sequence(Der.time(spec.from()), Der.time(spec.until())),
                        new X500Principal(spec.subject()).getEncoded(),
                        keys.getPublic().getEncoded(),
                        Der.tagged(3, Der.sequence(extensions)));
        try {
            byte[] signed = SignatureKind.of(by).signed(toBeSigned, by);
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509")
                            .generateCertificate(new ByteArrayInputStream(signed));
        } catch (GeneralSecurityException defect) {
            throw new IllegalStateException(defect);
        }
    }

    private static byte[] authority() {
        return Der.joined(
                critical(BASIC_CONSTRAINTS, Der.sequence(Der.truth())),
                critical(KEY_USAGE, SIGNS_CERTIFICATES));
    }

    private static byte[] client(Spec spec) {
        List<byte[]> names = new ArrayList<>();
        spec.emails().forEach(address -> names.add(Der.taggedText(EMAIL, address)));
        spec.dnsNames().forEach(name -> names.add(Der.taggedText(DNS_NAME, name)));
        List<byte[]> uses = spec.uses().stream().map(Der::oid).toList();
        return Der.joined(
                critical(KEY_USAGE, SIGNS_DATA),
                names.isEmpty()
                        ? new byte[0]
                        : extension(ALTERNATIVE_NAME, Der.sequence(names.toArray(byte[][]::new))),
                uses.isEmpty()
                        ? new byte[0]
                        : extension(EXTENDED_KEY_USAGE, Der.sequence(uses.toArray(byte[][]::new))));
    }

    private static byte[] about(Scope scope) {
        return switch (scope) {
            case EVERYTHING -> new byte[0];
            case CLIENTS_ONLY ->
                    critical(
                            ISSUING_DISTRIBUTION_POINT,
                            Der.sequence(Der.taggedOctets(1, new byte[] {(byte) 0xFF})));
            case DELTA -> critical(DELTA_CRL_INDICATOR, Der.integer(BigInteger.ONE));
        };
    }

    private static byte[] extension(String identifier, byte[] value) {
        return Der.sequence(Der.oid(identifier), Der.octets(value));
    }

    private static byte[] critical(String identifier, byte[] value) {
        return Der.sequence(Der.oid(identifier), Der.truth(), Der.octets(value));
    }

    /// Keys on P-256.
    static KeyPair newKeys() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException defect) {
            throw new IllegalStateException(defect);
        }
    }

    private static BigInteger nextSerial() {
        return BigInteger.valueOf(SERIALS.getAndIncrement());
    }
}
