package io.sealane.store.sql;

import io.sealane.accounts.AccountException;
import io.sealane.accounts.AccountStore;
import io.sealane.accounts.AccountStoreContract;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

final class SqliteAccountStoreTest extends AccountStoreContract {
    private final SqliteAccountStore store;

    SqliteAccountStoreTest(@TempDir Path folder) throws AccountException {
        this.store = SqliteAccountStore.open("jdbc:sqlite:" + folder.resolve("sealane.db"));
    }

    @AfterEach
    void close() throws AccountException {
        store.close();
    }

    @Override
    protected AccountStore store() {
        return store;
    }
}
