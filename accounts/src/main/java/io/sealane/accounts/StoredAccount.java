package io.sealane.accounts;

/// An account together with the hash of its password, as a store keeps them. The hash is never
/// printed.
///
/// @param passwordHash what [PasswordHash#hash] made; empty, or beginning with `!` or `*` as in
///   shadow(5), where no password may open the account
public record StoredAccount(Account account, String passwordHash) {
    /// Whether some password may open the account.
    public boolean hasPassword() {
        return !passwordHash.isEmpty()
                && !passwordHash.startsWith("!")
                && !passwordHash.startsWith("*");
    }

    @Override
    public String toString() {
        return "StoredAccount[account=" + account + ", passwordHash=***]";
    }
}
