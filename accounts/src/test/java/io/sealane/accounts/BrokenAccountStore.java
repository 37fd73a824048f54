package io.sealane.accounts;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// A store that is always out of reach.
final class BrokenAccountStore implements AccountStore {
    @Override
    public Optional<StoredAccount> find(UserName name) throws AccountException {
        throw outOfReach();
    }

    @Override
    public void add(StoredAccount account) throws AccountException {
        throw outOfReach();
    }

    @Override
    public void setPassword(UserName name, String passwordHash) throws AccountException {
        throw outOfReach();
    }

    @Override
    public void enable(UserName name) throws AccountException {
        throw outOfReach();
    }

    @Override
    public void disable(UserName name) throws AccountException {
        throw outOfReach();
    }

    @Override
    public void setHome(UserName name, Path home) throws AccountException {
        throw outOfReach();
    }

    @Override
    public void clearHome(UserName name) throws AccountException {
        throw outOfReach();
    }

    @Override
    public void setTlsDemands(UserName name, String demands) throws AccountException {
        throw outOfReach();
    }

    @Override
    public List<String> allTlsDemands() throws AccountException {
        throw outOfReach();
    }

    @Override
    public void setTotpKey(UserName name, TotpKey key) throws AccountException {
        throw outOfReach();
    }

    @Override
    public void clearTotpKey(UserName name) throws AccountException {
        throw outOfReach();
    }

    @Override
    public boolean useTimeStep(UserName name, long step) throws AccountException {
        throw outOfReach();
    }

    @Override
    public boolean hasTotpKeys() throws AccountException {
        throw outOfReach();
    }

    @Override
    public void remove(UserName name) throws AccountException {
        throw outOfReach();
    }

    @Override
    public List<Account> firstPage() throws AccountException {
        throw outOfReach();
    }

    @Override
    public List<Account> pageAfter(UserName last) throws AccountException {
        throw outOfReach();
    }

    private static AccountException outOfReach() {
        return new AccountException(AccountException.Reason.UNAVAILABLE, "as the test wants it");
    }
}
