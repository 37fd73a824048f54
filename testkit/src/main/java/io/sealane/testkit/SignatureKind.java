package io.sealane.testkit;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;

/// How a key signs a certificate or a list, by its kind: `AlgorithmIdentifier` and Java's name.
enum SignatureKind {
    /// RFC 5758 section 3.2: no parameters.
    ECDSA("SHA256withECDSA", Der.sequence(Der.oid("1.2.840.10045.4.3.2"))),

    /// RFC 4055 section 5: the parameters are NULL.
    RSA("SHA256withRSA", Der.sequence(Der.oid("1.2.840.113549.1.1.11"), Der.nothing()));

    private final String name;
    private final byte[] identifier;

    SignatureKind(String name, byte[] identifier) {
        this.name = name;
        this.identifier = identifier;
    }

    static SignatureKind of(PrivateKey key) {
        return key.getAlgorithm().equals("RSA") ? RSA : ECDSA;
    }

    /// `AlgorithmIdentifier` in DER.
    byte[] identifier() {
        return identifier.clone();
    }

    /// What `toBeSigned` is in, with its signature: a certificate or a list in DER.
    byte[] signed(byte[] toBeSigned, PrivateKey by) throws GeneralSecurityException {
        Signature signature = Signature.getInstance(name);
        signature.initSign(by);
        signature.update(toBeSigned);
        return Der.sequence(toBeSigned, identifier, Der.bits(signature.sign()));
    }
}
