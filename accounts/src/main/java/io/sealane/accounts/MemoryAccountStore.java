package io.sealane.accounts;

import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.UnaryOperator;

/// Keeps accounts in memory alone, for embedding and tests: they end with the process. Safe from
/// any thread; nothing blocks. Holds as many accounts as its owner adds.
public final class MemoryAccountStore implements AccountStore {
    private final ConcurrentNavigableMap<UserName, StoredAccount> accounts =
            new ConcurrentSkipListMap<>(Comparator.comparing(UserName::text));
    private final ConcurrentMap<UserName, Long> usedSteps = new ConcurrentHashMap<>();

    @Override
    public Optional<StoredAccount> find(UserName name) {
        return Optional.ofNullable(accounts.get(name));
    }

    @Override
    public void add(StoredAccount added) throws AccountException {
        Account account = added.account();
        Account kept = account.withHome(account.home().map(Path::toAbsolutePath));
        StoredAccount present = accounts.putIfAbsent(kept.name(), added.with(kept));
        if (present != null) {
            throw new AccountException(
                    AccountException.Reason.ALREADY_EXISTS,
                    "there is an account " + kept.name() + " already");
        }
    }

    @Override
    public void setPassword(UserName name, String passwordHash) throws AccountException {
        change(name, stored -> stored.withPasswordHash(passwordHash));
    }

    @Override
    public void enable(UserName name) throws AccountException {
        changeAccount(name, account -> account.withEnabled(true));
    }

    @Override
    public void disable(UserName name) throws AccountException {
        changeAccount(name, account -> account.withEnabled(false));
    }

    @Override
    public void setHome(UserName name, Path home) throws AccountException {
        Optional<Path> kept = Optional.of(home.toAbsolutePath());
        changeAccount(name, account -> account.withHome(kept));
    }

    @Override
    public void clearHome(UserName name) throws AccountException {
        changeAccount(name, account -> account.withHome(Optional.empty()));
    }

    @Override
    public void setTlsDemands(UserName name, String demands) throws AccountException {
        changeAccount(name, account -> account.withTlsDemands(demands));
    }

    @Override
    public List<String> allTlsDemands() {
        return accounts.values().stream()
                .map(StoredAccount::account)
                .filter(account -> account.enabled() && !account.tlsDemands().isEmpty())
                .map(Account::tlsDemands)
                .distinct()
                .toList();
    }

    @Override
    public void setTotpKey(UserName name, TotpKey key) throws AccountException {
        change(
                name,
                stored -> {
                    if (stored.totpKey().filter(other -> !other.equals(key)).isPresent()) {
                        usedSteps.remove(name);
                    }
                    return stored.with(key);
                });
    }

    @Override
    public void clearTotpKey(UserName name) throws AccountException {
        change(name, StoredAccount::withoutTotpKey);
    }

    @Override
    public boolean useTimeStep(UserName name, long step) {
        long[] used = {step};
        accounts.computeIfPresent(
                name,
                (_, stored) -> {
                    used[0] = usedSteps.getOrDefault(name, Long.MIN_VALUE);
                    usedSteps.merge(name, step, Math::max);
                    return stored;
                });
        return used[0] < step;
    }

    @Override
    public boolean hasTotpKeys() {
        return accounts.values().stream()
                .anyMatch(stored -> stored.account().enabled() && stored.totpKey().isPresent());
    }

    @Override
    public void remove(UserName name) throws AccountException {
        if (accounts.remove(name) == null) {
            throw notFound(name);
        }
        usedSteps.remove(name);
    }

    @Override
    public List<Account> firstPage() {
        return page(accounts);
    }

    @Override
    public List<Account> pageAfter(UserName last) {
        return page(accounts.tailMap(last, false));
    }

    private static List<Account> page(ConcurrentNavigableMap<UserName, StoredAccount> from) {
        return from.values().stream().limit(PAGE_ACCOUNTS_MAX).map(StoredAccount::account).toList();
    }

    private void changeAccount(UserName name, UnaryOperator<Account> change)
            throws AccountException {
        change(name, stored -> stored.with(change.apply(stored.account())));
    }

    private void change(UserName name, UnaryOperator<StoredAccount> change)
            throws AccountException {
        if (accounts.computeIfPresent(name, (_, stored) -> change.apply(stored)) == null) {
            throw notFound(name);
        }
    }

    private static AccountException notFound(UserName name) {
        return new AccountException(
                AccountException.Reason.NOT_FOUND, "there is no account " + name);
    }
}
