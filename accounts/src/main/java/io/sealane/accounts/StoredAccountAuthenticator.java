package io.sealane.accounts;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/// Authenticates against an [AccountStore]. Safe from any thread; [#authenticate] blocks, and parks
/// a virtual thread rather than its carrier while it waits for a hash.
///
/// Security: a name that cannot be one, a name nobody has, a disabled account and an account
/// without a password are all compared with a decoy, so each costs one hash as a wrong password
/// does. The store is asked anew at every login: changes count at once, from other processes too.
/// Not promised: equal time where a stored hash was made with other parameters than today's, and
/// throttling of those who guess.
public final class StoredAccountAuthenticator implements Authenticator, AutoCloseable {
    private static final Logger LOG = System.getLogger(StoredAccountAuthenticator.class.getName());

    private static final int FINGERPRINT_KEY_BYTES = 32;

    private final AccountStore accounts;
    private final CredentialCache credentials;
    private final OneTimePasswords oneTimePasswords;
    private final String decoy;

    /// @param accounts stays its owner's: [#close] does not close it
    /// @param grace for how long an address that has shown a one-time password need not show
    ///   another
    public StoredAccountAuthenticator(
            AccountStore accounts,
            PasswordHash passwords,
            VerificationLimits limits,
            Duration grace) {
        this(
                accounts,
                passwords.decoy(),
                new CredentialCache(
                        passwords, limits, randomKey(new SecureRandom()), System::nanoTime),
                new OneTimePasswords(accounts, grace, InstantSource.system(), System::nanoTime));
    }

    /// @param credentials owned from here on
    StoredAccountAuthenticator(
            AccountStore accounts,
            String decoy,
            CredentialCache credentials,
            OneTimePasswords oneTimePasswords) {
        this.accounts = accounts;
        this.decoy = decoy;
        this.credentials = credentials;
        this.oneTimePasswords = oneTimePasswords;
    }

    @Override
    public AuthResult authenticate(String name, Secret secret, InetAddress from) {
        Candidate candidate;
        try {
            candidate = candidate(name);
        } catch (AccountException e) {
            return unavailable(e);
        }
        return switch (candidate) {
            case Candidate.Possible(StoredAccount stored) ->
                    stored.totpKey()
                            .map(key -> withOneTimePassword(stored, key, secret, from))
                            .orElseGet(() -> withPassword(stored, secret, from));
            case Candidate.Hopeless(AuthResult.Reason reason) ->
                    resultOf(
                            credentials.verify(new Claim(name, decoy), secret, from),
                            new AuthResult.Refused(reason),
                            reason);
        };
    }

    private AuthResult withPassword(StoredAccount stored, Secret password, InetAddress from) {
        return resultOf(
                credentials.verify(claim(stored), password, from),
                new AuthResult.Accepted(stored.account()),
                AuthResult.Reason.BAD_SECRET);
    }

    /// Security: the password comes first, and costs its hash in any case. So nothing is learned of
    /// it or of the other one without both, and nobody else can use the other one up.
    private AuthResult withOneTimePassword(
            StoredAccount stored, TotpKey key, Secret sent, InetAddress from) {
        try (OneTimePasswords.Attempt attempt = oneTimePasswords.read(stored, key, sent, from)) {
            AuthResult wrong = new AuthResult.Refused(AuthResult.Reason.BAD_SECRET);
            List<Secret> passwords = attempt.passwords();
            for (int index = 0; index < passwords.size(); index++) {
                Verdict verdict =
                        attempt.cameBefore()
                                ? credentials.verify(claim(stored), passwords.get(index), from)
                                : credentials.verifyAnew(claim(stored), passwords.get(index), from);
                if (verdict == Verdict.MATCHES) {
                    return oneTimePasswords
                            .admit(attempt, index)
                            .<AuthResult>map(AuthResult.Refused::new)
                            .orElseGet(() -> new AuthResult.Accepted(stored.account()));
                }
                if (verdict != Verdict.DIFFERS) { // Whether it is right was not found out.
                    return resultOf(verdict, wrong, AuthResult.Reason.BAD_SECRET);
                }
            }
            return wrong;
        } catch (AccountException e) {
            return unavailable(e);
        }
    }

    private static Claim claim(StoredAccount stored) {
        return new Claim(stored.account().name().text(), stored.passwordHash());
    }

    /// Security: of an account whose user has a one-time password to show, strangers learn by this
    /// that it exists. What keeps them out is not its name.
    @Override
    public boolean asksForOneTimePassword(String name, InetAddress from) {
        try {
            Optional<UserName> user = UserName.parse(name);
            Optional<StoredAccount> stored =
                    user.isEmpty() ? Optional.empty() : accounts.find(user.get()); // blocks
            return stored.filter(found -> found.account().enabled())
                    .flatMap(found ->
                            found.totpKey().filter(key -> oneTimePasswords.isDue(found, key, from)))
                    .isPresent();
        } catch (AccountException e) {
            warnOf(e);
            return false; // The login that follows says so.
        }
    }

    /// Whether somebody may have to be asked for a one-time password. Blocks.
    public boolean hasOneTimePasswords() {
        try {
            return accounts.hasTotpKeys();
        } catch (AccountException e) {
            warnOf(e);
            return false;
        }
    }

    /// Of a disabled account as of none.
    @Override
    public Optional<TlsDemands> tlsDemands(String name) {
        try {
            Optional<StoredAccount> stored = Optional.empty();
            Optional<UserName> parsed = UserName.parse(name);
            if (parsed.isPresent()) {
                stored = accounts.find(parsed.get()); // blocks
            }
            List<String> all = accounts.allTlsDemands(); // blocks; in any case, for equal time
            return Optional.of(
                    new TlsDemands(
                            stored.map(StoredAccount::account)
                                    .filter(Account::enabled)
                                    .map(Account::tlsDemands),
                            all));
        } catch (AccountException e) {
            warnOf(e);
            return Optional.empty();
        }
    }

    /// As [Authenticator#authorize]. An account that no password opens is entered this way.
    ///
    /// Security: no decoy and no equal time, since whoever gets here has proven the name already.
    @Override
    public AuthResult authorize(String name, InetAddress from) {
        try {
            Optional<UserName> user = UserName.parse(name);
            Optional<StoredAccount> stored =
                    user.isEmpty() ? Optional.empty() : accounts.find(user.get()); // blocks
            if (stored.isEmpty()) {
                return new AuthResult.Refused(AuthResult.Reason.UNKNOWN_USER);
            }
            Account account = stored.get().account();
            return account.enabled()
                    ? new AuthResult.Accepted(account)
                    : new AuthResult.Refused(AuthResult.Reason.DISABLED);
        } catch (AccountException e) {
            return unavailable(e);
        }
    }

    /// Where the accounts cannot be read, logins say so; every session that is open need not.
    @Override
    public boolean isShutOut(Account account) {
        try {
            return accounts.find(account.name()) // blocks
                    .map(StoredAccount::account)
                    .filter(Account::enabled)
                    .filter(now -> now.number() == account.number())
                    .filter(now -> now.home().equals(account.home()))
                    .isEmpty();
        } catch (AccountException untold) {
            return false;
        }
    }

    /// Ends hashing: who waits in the queue is refused, as is who comes later.
    @Override
    public void close() {
        credentials.close();
    }

    private Candidate candidate(String text) throws AccountException {
        Optional<UserName> name = UserName.parse(text);
        if (name.isEmpty()) {
            return new Candidate.Hopeless(AuthResult.Reason.UNKNOWN_USER);
        }
        Optional<StoredAccount> stored = accounts.find(name.get()); // blocks
        if (stored.isEmpty()) {
            return new Candidate.Hopeless(AuthResult.Reason.UNKNOWN_USER);
        }
        // The real hash of a disabled account stays out of it: a match would be remembered, and a
        // second, quick refusal would tell that the password was right.
        if (!stored.get().account().enabled()) {
            return new Candidate.Hopeless(AuthResult.Reason.DISABLED);
        }
        if (!stored.get().hasPassword()) {
            return new Candidate.Hopeless(AuthResult.Reason.BAD_SECRET);
        }
        return new Candidate.Possible(stored.get());
    }

    private static AuthResult unavailable(AccountException failed) {
        warnOf(failed);
        return new AuthResult.Refused(AuthResult.Reason.UNAVAILABLE);
    }

    private static void warnOf(AccountException failed) {
        LOG.log(
                Level.WARNING,
                "accounts=unavailable reason={0} cause={1}",
                failed.reason(),
                failed.getMessage());
    }

    private static AuthResult resultOf(
            Verdict verdict, AuthResult whereItMatches, AuthResult.Reason whereItDiffers) {
        return switch (verdict) {
            case MATCHES -> whereItMatches;
            case DIFFERS -> new AuthResult.Refused(whereItDiffers);
            case OVERLOADED -> new AuthResult.Refused(AuthResult.Reason.OVERLOADED);
            case INTERRUPTED -> new AuthResult.Refused(AuthResult.Reason.INTERRUPTED);
            case UNAVAILABLE -> new AuthResult.Refused(AuthResult.Reason.UNAVAILABLE);
        };
    }

    private static SecretKey randomKey(SecureRandom random) {
        byte[] key = new byte[FINGERPRINT_KEY_BYTES];
        random.nextBytes(key);
        return new SecretKeySpec(key, "HmacSHA256");
    }

    /// Whom a name may stand for.
    private sealed interface Candidate {
        /// Enters with the right password.
        record Possible(StoredAccount stored) implements Candidate {}

        /// Does not enter, whatever the password.
        record Hopeless(AuthResult.Reason reason) implements Candidate {}
    }
}
