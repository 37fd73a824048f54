package io.sealane.accounts;

import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// The second half of a login by password and one-time password. Safe from any thread; [#admit]
/// blocks.
///
/// FTP has one line for both. They are taken as `password123456`, which any client can send, and as
/// `123456;password`, which FileZilla makes of what it was told at its prompt.
///
/// Security: a one-time password counts once (RFC 6238 section 5.2). Clients open several
/// connections with what their user typed once, though; so for a while after it did, the same
/// client address comes in with the password alone, whatever it sends along. Who has the password
/// has [#WRONG_MAX] tries, and then none for [#WRONG_KEPT] (RFC 4226 section 7.3); a client that
/// repeats what it has stored makes one of them. Three of a million are right at any time: an even
/// chance takes half a year of tries, and thousands of lines in the log every day.
///
/// `lock` guards `admitted` and `wrong`. One of `arrivals`, by account, is held around it while the
/// store marks a one-time password as used, so that of two connections with the same one the second
/// finds the first admitted.
final class OneTimePasswords {
    /// Different wrong ones behind a right password before others are not looked at.
    static final int WRONG_MAX = 5;

    /// For how long they are not looked at.
    static final Duration WRONG_KEPT = Duration.ofMinutes(15);

    /// Most accounts and addresses remembered, the oldest out first.
    private static final int REMEMBERED_MAX = 10_000;

    /// Accounts that share one wait for one another.
    private static final int ARRIVALS = 64;

    /// Behind the one-time password that stands in front.
    private static final char SEPARATOR = ';';

    /// What opens an account now. With another password or key nothing is known of it here.
    private record Credentials(UserName name, long number, String passwordHash, TotpKey key) {
        static Credentials of(StoredAccount stored, TotpKey key) {
            Account account = stored.account();
            return new Credentials(account.name(), account.number(), stored.passwordHash(), key);
        }
    }

    private record Guest(Credentials credentials, InetAddress from) {}

    /// A way to read what a client sent.
    ///
    /// @param oneTime empty if all of it is the password
    private record Reading(Secret password, Optional<String> oneTime) {}

    /// What a client sent. The password in it is to be verified, by each of its readings until one
    /// is right; then [#admit] is asked about that one.
    static final class Attempt implements AutoCloseable {
        private final Guest guest;
        private final boolean cameBefore;
        private final List<Reading> readings;

        private Attempt(Guest guest, boolean cameBefore, List<Reading> readings) {
            this.guest = guest;
            this.cameBefore = cameBefore;
            this.readings = readings;
        }

        /// What may be the password, at least one; wiped by [#close].
        List<Secret> passwords() {
            return readings.stream().map(Reading::password).toList();
        }

        /// Whether this address has shown a one-time password a while ago.
        boolean cameBefore() {
            return cameBefore;
        }

        @Override
        public void close() {
            readings.forEach(reading -> reading.password.close());
        }
    }

    private final AccountStore accounts;
    private final InstantSource clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final List<ReentrantLock> arrivals =
            IntStream.range(0, ARRIVALS).mapToObj(_ -> new ReentrantLock()).toList();
    private final Recent<Guest, Boolean> admitted;
    private final Recent<Credentials, Set<String>> wrong;

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
        return !isAdmitted(new Guest(Credentials.of(stored, key), from));
    }

    /// Reads what a client sent for a password.
    ///
    /// Where a one-time password in it is right there is one reading, and else as few as can tell
    /// whether the password is: each costs a hash, and strangers can measure how many there were.
    Attempt read(StoredAccount stored, TotpKey key, Secret sent, InetAddress from) {
        Guest guest = new Guest(Credentials.of(stored, key), from);
        boolean cameBefore = isAdmitted(guest);
        List<Reading> readings = new ArrayList<>();
        Stream.of(inFront(sent), behind(sent)).flatMap(Optional::stream).forEach(readings::add);
        Optional<Reading> right =
                readings.stream().filter(reading -> step(guest, reading).isPresent()).findFirst();
        if (right.isPresent() && !cameBefore) {
            readings.stream()
                    .filter(reading -> !reading.equals(right.get()))
                    .forEach(reading -> reading.password.close());
            return new Attempt(guest, false, List.of(right.get()));
        }
        if (cameBefore || readings.isEmpty()) {
            readings.add(new Reading(sent.copy(), Optional.empty()));
        }
        return new Attempt(guest, cameBefore, List.copyOf(readings));
    }

    /// Says whether somebody comes in whose password was right.
    ///
    /// @param index of the password that was, among those of `attempt`
    /// @return empty if so
    Optional<AuthResult.Reason> admit(Attempt attempt, int index) throws AccountException {
        Guest guest = attempt.guest;
        Reading reading = attempt.readings.get(index);
        OptionalLong step = step(guest, reading);
        if (attempt.cameBefore && step.isEmpty()) {
            return Optional.empty();
        }
        Optional<AuthResult.Reason> refusal =
                attempt.cameBefore ? Optional.empty() : judge(guest, reading, step);
        return refusal.isPresent() ? refusal : use(guest, step.orElseThrow());
    }

    private Optional<AuthResult.Reason> judge(Guest guest, Reading reading, OptionalLong step) {
        lock.lock();
        try {
            Set<String> before = wrong.find(guest.credentials).orElse(Set.of());
            if (before.size() >= WRONG_MAX) {
                return Optional.of(AuthResult.Reason.ONE_TIME_PASSWORD_GUESSED);
            }
            if (reading.oneTime.isEmpty()) {
                return Optional.of(AuthResult.Reason.ONE_TIME_PASSWORD_MISSING);
            }
            if (step.isPresent()) {
                return Optional.empty();
            }
            if (!before.contains(reading.oneTime.get())) {
                Set<String> now = new TreeSet<>(before);
                now.add(reading.oneTime.get());
                wrong.remember(guest.credentials, now);
            }
            return Optional.of(AuthResult.Reason.ONE_TIME_PASSWORD_WRONG);
        } finally {
            lock.unlock();
        }
    }

    /// Uses a one-time password up, also of those who could come in without.
    private Optional<AuthResult.Reason> use(Guest guest, long step) throws AccountException {
        ReentrantLock arrival =
                arrivals.get(Math.floorMod(guest.credentials.name.hashCode(), arrivals.size()));
        arrival.lock();
        try {
            if (accounts.useTimeStep(guest.credentials.name, step)) { // blocks
                lock.lock();
                try {
                    admitted.remember(guest, true);
                } finally {
                    lock.unlock();
                }
                return Optional.empty();
            }
            return isAdmitted(guest)
                    ? Optional.empty()
                    : Optional.of(AuthResult.Reason.ONE_TIME_PASSWORD_USED);
        } finally {
            arrival.unlock();
        }
    }

    private boolean isAdmitted(Guest guest) {
        lock.lock();
        try {
            return admitted.find(guest).isPresent();
        } finally {
            lock.unlock();
        }
    }

    private OptionalLong step(Guest guest, Reading reading) {
        return reading.oneTime
                .map(digits -> guest.credentials.key.stepOf(digits, clock.instant()))
                .orElse(OptionalLong.empty());
    }

    private static Optional<Reading> inFront(Secret sent) {
        byte[] octets = sent.expose();
        int behind = TotpKey.DIGITS;
        return octets.length > behind && octets[behind] == SEPARATOR && areDigits(octets, 0)
                ? Optional.of(reading(octets, 0, behind + 1, octets.length))
                : Optional.empty();
    }

    private static Optional<Reading> behind(Secret sent) {
        byte[] octets = sent.expose();
        int start = octets.length - TotpKey.DIGITS;
        return start >= 0 && areDigits(octets, start)
                ? Optional.of(reading(octets, start, 0, start))
                : Optional.empty();
    }

    private static Reading reading(byte[] octets, int digits, int from, int to) {
        String oneTime = new String(octets, digits, TotpKey.DIGITS, StandardCharsets.US_ASCII);
        return new Reading(
                Secret.adopt(Arrays.copyOfRange(octets, from, to)), Optional.of(oneTime));
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
