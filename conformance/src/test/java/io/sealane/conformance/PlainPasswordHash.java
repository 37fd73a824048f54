package io.sealane.conformance;

import io.sealane.accounts.PasswordHash;
import io.sealane.accounts.Secret;
import java.nio.charset.StandardCharsets;

/// Hashes nothing: logins in tests shall cost nothing. Never for accounts of people.
final class PlainPasswordHash implements PasswordHash {
    private static final String PREFIX = "plain:";

    @Override
    public String hash(Secret secret) {
        return PREFIX + new String(secret.expose(), StandardCharsets.UTF_8);
    }

    @Override
    public boolean verify(Secret secret, String encoded) {
        return hash(secret).equals(encoded);
    }

    @Override
    public String decoy() {
        return "nothing hashes to this";
    }
}
