package io.sealane.store.sql;

import io.sealane.accounts.Account;
import io.sealane.accounts.StoredAccount;
import io.sealane.accounts.UserName;
import java.util.Optional;

/// Accounts for tests.
final class Accounts {
    private Accounts() {}

    static StoredAccount enabled(UserName name) {
        return new StoredAccount(new Account(name, true, Optional.empty()), "$hash$" + name);
    }
}
