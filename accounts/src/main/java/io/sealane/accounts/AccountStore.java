package io.sealane.accounts;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// Where accounts are kept. Every method may be called from any thread and may block; a change is
/// seen by every [#find] that begins after the change returned, in other processes too where they
/// share the store. One call is one transaction: it happened as a whole or not at all.
///
/// Homes are kept as absolute paths: a relative one is made absolute against this process's working
/// folder.
public interface AccountStore {
    /// Most accounts in one page; bounds the memory and the lock time of one call.
    int PAGE_ACCOUNTS_MAX = 256;

    /// Looks an account up; quick enough to be called at every login.
    Optional<StoredAccount> find(UserName name) throws AccountException;

    /// @throws AccountException `ALREADY_EXISTS`; the account there stays as it is
    void add(StoredAccount account) throws AccountException;

    /// Replaces the stored hash; the old password ends with this call.
    ///
    /// @throws AccountException `NOT_FOUND`
    void setPassword(UserName name, String passwordHash) throws AccountException;

    /// Lets a user enter. Nothing changes if that is so already.
    ///
    /// @throws AccountException `NOT_FOUND`
    void enable(UserName name) throws AccountException;

    /// Keeps a user out, password and all else unchanged. Nothing changes if that is so already.
    ///
    /// @throws AccountException `NOT_FOUND`
    void disable(UserName name) throws AccountException;

    /// @throws AccountException `NOT_FOUND`
    void setHome(UserName name, Path home) throws AccountException;

    /// Leaves the user's folder to the mounts of the configuration.
    ///
    /// @throws AccountException `NOT_FOUND`
    void clearHome(UserName name) throws AccountException;

    /// Replaces what the account demands of TLS; empty: nothing.
    ///
    /// @throws AccountException `NOT_FOUND`
    void setTlsDemands(UserName name, String demands) throws AccountException;

    /// What accounts that may enter demand of TLS, each once; empty if none demands anything.
    List<String> allTlsDemands() throws AccountException;

    /// Has the account's logins take one-time passwords of `key` from now on; those of an earlier
    /// key end with this call. Of another key than the one before none was used yet.
    ///
    /// @throws AccountException `NOT_FOUND`
    void setTotpKey(UserName name, TotpKey key) throws AccountException;

    /// Has the account's logins take a password alone.
    ///
    /// @throws AccountException `NOT_FOUND`
    void clearTotpKey(UserName name) throws AccountException;

    /// Marks the one-time password of a time step as used, and all before it.
    ///
    /// @param step as [TotpKey#stepOf] has it
    /// @return false if it was marked before, or the account is gone
    boolean useTimeStep(UserName name, long step) throws AccountException;

    /// Whether an account that may enter has one-time passwords; quick enough to be called at every
    /// handshake.
    boolean hasTotpKeys() throws AccountException;

    /// @throws AccountException `NOT_FOUND`
    void remove(UserName name) throws AccountException;

    /// The first accounts in the order of their names' characters, at most [#PAGE_ACCOUNTS_MAX].
    List<Account> firstPage() throws AccountException;

    /// The accounts that follow `last`, whether or not it still exists; empty at the end.
    List<Account> pageAfter(UserName last) throws AccountException;

    /// Shows every account to `action`, page by page. What is added or removed meanwhile may or may
    /// not be seen; nothing is seen twice.
    default void forEach(Consumer<? super Account> action) throws AccountException {
        List<Account> page = firstPage();
        while (!page.isEmpty()) {
            page.forEach(action);
            page = pageAfter(page.getLast().name());
        }
    }
}
