package io.sealane.accounts;

import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/// The second half of a login by password and one-time password. Safe from any thread; [#admit]
/// blocks.
///
/// FTP has one line for both. They are taken as `password123456`, which any client can send, and as
/// `123456;password`, which FileZilla makes of what it was told at its prompt.
///
/// Security: a one-time password counts once (RFC 6238 section 5.2). Clients open several
/// connections with what their user typed once, though; so for a while after it did, the same
/// client address may come again, with the same one or with the password alone. Who has the
/// password gets [#WRONG_MAX] tries, and then none for [#WRONG_KEPT] (RFC 4226 section 7.3): of a
/// million three are right at any time, so that an even chance takes sixteen months, and some
/// hundred lines in the log every day.
///
/// `lock` guards `admitted` and `wrong`; [#admit] also holds it while the store marks a one-time
/// password as used, so that of two connections with the same one the second finds the first
/// admitted.
final class OneTimePasswords {
    /// Wrong ones behind a right password before others are not looked at.
    static final int WRONG_MAX = 5;

    /// For how long they are not looked at.
    static final Duration WRONG_KEPT = Duration.ofMinutes(15);

    /// Most accounts and addresses remembered, the oldest out first.
    private static final int REMEMBERED_MAX = 10_000;

    /// Behind the one-time password that stands in front.
    private static final char SEPARATOR = ';';

    /// Who was admitted.
    private record Guest(UserName name, long number, TotpKey key, InetAddress from) {
        static Guest of(StoredAccount stored, TotpKey key, InetAddress from) {
            return new Guest(stored.account().name(), stored.account().number(), key, from);
        }
    }

    /// What a client sent, taken apart.
    private record Parts(Secret password, Optional<String> oneTime) {}

    /// A login as it is read: the password in it is to be verified, then [#admit] is asked.
    static final class Login implements AutoCloseable {
        private final Guest guest;
        private final Parts parts;
        private final List<Parts> others;
        private final OptionalLong step;
        private final boolean again;

        private Login(
                Guest guest, Parts parts, List<Parts> others, OptionalLong step, boolean again) {
            this.guest = guest;
            this.parts = parts;
            this.others = others;
            this.step = step;
            this.again = again;
        }

        /// What stands in it for the password; wiped by [#close].
        Secret password() {
            return parts.password;
        }

        @Override
        public void close() {
            others.forEach(other -> other.password.close());
        }
    }

    private final AccountStore accounts;
    private final InstantSource clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final Recent<Guest, String> admitted;
    private final Recent<UserName, Integer> wrong;

    /// @param grace for how long an address may come again; zero: each login takes a new one
    OneTimePasswords(
            AccountStore accounts, Duration grace, InstantSource clock, LongSupplier nanoTime) {
        this.accounts = accounts;
        this.clock = clock;
        this.admitted = new Recent<>(REMEMBERED_MAX, grace, nanoTime);
        this.wrong = new Recent<>(REMEMBERED_MAX, WRONG_KEPT, nanoTime);
    }

    /// Whether a login from that address takes a one-time password.
    boolean isDue(StoredAccount stored, TotpKey key, InetAddress from) {
        return admittedWith(Guest.of(stored, key, from)).isEmpty();
    }

    /// Reads what a client sent for a password.
    Login read(StoredAccount stored, TotpKey key, Secret sent, InetAddress from) {
        Guest guest = Guest.of(stored, key, from);
        Optional<String> before = admittedWith(guest);
        Parts whole = new Parts(sent.copy(), Optional.empty());
        List<Parts> split =
                Stream.of(inFront(sent), behind(sent)).flatMap(Optional::stream).toList();
        List<Parts> all = Stream.concat(split.stream(), Stream.of(whole)).toList();
        for (Parts parts : split) {
            if (parts.oneTime.equals(before)) {
                return new Login(guest, parts, all, OptionalLong.empty(), true);
            }
            OptionalLong step = key.stepOf(parts.oneTime.orElseThrow(), clock.instant());
            if (step.isPresent()) {
                return new Login(guest, parts, all, step, false);
            }
        }
        return before.isPresent()
                ? new Login(guest, whole, all, OptionalLong.empty(), true)
                : new Login(guest, all.getFirst(), all, OptionalLong.empty(), false);
    }

    /// Says whether somebody comes in whose password was right.
    ///
    /// @return empty if so
    Optional<AuthResult.Reason> admit(Login login) throws AccountException {
        if (login.again) {
            return Optional.empty();
        }
        Guest guest = login.guest;
        lock.lock();
        try {
            int tries = wrong.find(guest.name).orElse(0);
            if (tries >= WRONG_MAX) {
                return Optional.of(AuthResult.Reason.ONE_TIME_PASSWORD_GUESSED);
            }
            if (login.parts.oneTime.isEmpty()) {
                return Optional.of(AuthResult.Reason.ONE_TIME_PASSWORD_MISSING);
            }
            if (login.step.isEmpty()) {
                wrong.remember(guest.name, tries + 1);
                return Optional.of(AuthResult.Reason.ONE_TIME_PASSWORD_WRONG);
            }
            if (accounts.useTimeStep(guest.name, login.step.getAsLong())) { // blocks
                admitted.remember(guest, login.parts.oneTime.get());
                return Optional.empty();
            }
            return admitted.find(guest).equals(login.parts.oneTime)
                    ? Optional.empty()
                    : Optional.of(AuthResult.Reason.ONE_TIME_PASSWORD_USED);
        } finally {
            lock.unlock();
        }
    }

    private Optional<String> admittedWith(Guest guest) {
        lock.lock();
        try {
            return admitted.find(guest);
        } finally {
            lock.unlock();
        }
    }

    private static Optional<Parts> inFront(Secret sent) {
        byte[] octets = sent.expose();
        int behind = TotpKey.DIGITS;
        return octets.length > behind && octets[behind] == SEPARATOR && areDigits(octets, 0)
                ? Optional.of(parts(octets, 0, behind + 1, octets.length))
                : Optional.empty();
    }

    private static Optional<Parts> behind(Secret sent) {
        byte[] octets = sent.expose();
        int start = octets.length - TotpKey.DIGITS;
        return start >= 0 && areDigits(octets, start)
                ? Optional.of(parts(octets, start, 0, start))
                : Optional.empty();
    }

    private static Parts parts(byte[] octets, int digits, int from, int to) {
        String oneTime = new String(octets, digits, TotpKey.DIGITS, StandardCharsets.US_ASCII);
        return new Parts(Secret.adopt(Arrays.copyOfRange(octets, from, to)), Optional.of(oneTime));
    }

    private static boolean areDigits(byte[] octets, int from) {
        for (int at = from; at < from + TotpKey.DIGITS; at++) {
            if (octets[at] < '0' || octets[at] > '9') {
                return false;
            }
        }
        return true;
    }
}
