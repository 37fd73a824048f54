package io.sealane.accounts;

import io.sealane.accounts.Account.SecondFactor;
import java.util.Optional;

/// An account together with the hash of its password and the key of its one-time passwords, as a
/// store keeps them. Neither is ever printed.
///
/// @param passwordHash what [PasswordHash#hash] made; empty, or beginning with `!` or `*` as in
///   shadow(5), where no password may open the account
/// @param totpKey present if and only if the account's second factor are one-time passwords
public record StoredAccount(Account account, String passwordHash, Optional<TotpKey> totpKey) {
    /// Without one-time passwords.
    public StoredAccount(Account account, String passwordHash) {
        this(account.withSecondFactor(SecondFactor.NONE), passwordHash, Optional.empty());
    }

    /// With these one-time passwords.
    public StoredAccount with(TotpKey key) {
        return new StoredAccount(
                account.withSecondFactor(SecondFactor.ONE_TIME_PASSWORD),
                passwordHash,
                Optional.of(key));
    }

    /// Without one-time passwords.
    StoredAccount withoutTotpKey() {
        return new StoredAccount(account, passwordHash);
    }

    StoredAccount with(Account changed) {
        return new StoredAccount(changed, passwordHash, totpKey);
    }

    StoredAccount withPasswordHash(String changed) {
        return new StoredAccount(account, changed, totpKey);
    }

    /// Whether some password may open the account.
    public boolean hasPassword() {
        return !passwordHash.isEmpty()
                && !passwordHash.startsWith("!")
                && !passwordHash.startsWith("*");
    }

    @Override
    public String toString() {
        return "StoredAccount[account=" + account + ", passwordHash=***, totpKey=***]";
    }
}
