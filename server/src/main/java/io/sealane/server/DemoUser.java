package io.sealane.server;

import io.sealane.accounts.Account;
import io.sealane.accounts.AccountException;
import io.sealane.accounts.AccountStore;
import io.sealane.accounts.Secret;
import io.sealane.accounts.StoredAccount;
import io.sealane.accounts.UserName;
import io.sealane.store.sql.Argon2idPasswordHash;
import java.security.SecureRandom;
import java.util.Optional;

/// The account that zero config makes to try things with. Its password is random, printed once, and
/// nowhere else.
record DemoUser(UserName name, String password) {
    /// No letters and digits that look alike.
    private static final String ALPHABET = "abcdefghijkmnpqrstuvwxyz23456789";

    /// 16 of 32 letters are 80 bits.
    private static final int PASSWORD_LENGTH = 16;

    static Optional<DemoUser> makeIfNobodyIsThere(AccountStore accounts) throws AccountException {
        if (!accounts.firstPage().isEmpty()) {
            return Optional.empty();
        }
        DemoUser demo = new DemoUser(new UserName("demo"), randomPassword());
        try (Secret secret = Secret.of(demo.password)) {
            accounts.add(
                    new StoredAccount(
                            new Account(demo.name, true, Optional.empty()),
                            Argon2idPasswordHash.withDefaults().hash(secret)));
        }
        return Optional.of(demo);
    }

    private static String randomPassword() {
        SecureRandom random = new SecureRandom();
        StringBuilder password = new StringBuilder();
        for (int i = 0; i < PASSWORD_LENGTH; i++) {
            password.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return password.toString();
    }
}
