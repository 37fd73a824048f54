package io.sealane.server.usage;

import io.sealane.accounts.AccountException;
import io.sealane.core.event.Event;
import io.sealane.core.event.EventSink;
import io.sealane.core.limit.Sparingly;
import io.sealane.core.limit.Ticker;
import io.sealane.store.sql.SqliteTlsUsage;
import io.sealane.store.sql.TlsUse;
import io.sealane.store.sql.TlsUse.Kind;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Collects who uses which TLS. A session counts when it has ended, or when another login follows
/// REIN, if somebody was logged in or a policy that is tried would have refused it; a thread of its
/// own writes what has come together, a few seconds later. What cannot be written is counted again
/// at the next attempt.
public final class TlsUsage implements EventSink, AutoCloseable {
    /// How long a report may lag behind.
    static final Duration WRITE_PERIOD = Duration.ofSeconds(2);

    private static final Duration TELL_INTERVAL = Duration.ofMinutes(10);

    /// What nobody did for so long is forgotten.
    private static final Duration KEPT = Duration.ofDays(400);

    private static final Duration FORGET_PERIOD = Duration.ofDays(1);

    /// Sessions that wait to be written. At a database that takes nothing, later ones are lost.
    private static final int WAITING_MAX = 100_000;

    private static final Logger LOG = System.getLogger(TlsUsage.class.getName());

    /// What stands for a user, version or name that there is none of.
    static final String UNKNOWN = "-";

    private final SqliteTlsUsage store;
    private final InstantSource clock;
    private final Map<String, Session> open = new ConcurrentHashMap<>();
    private final ConcurrentLinkedQueue<TlsUse> ended = new ConcurrentLinkedQueue<>();
    private final Sparingly failuresTold;
    private final AtomicInteger waiting = new AtomicInteger();
    private final Thread writer;
    private volatile boolean closed;

    /// @param store owned from here on
    public TlsUsage(SqliteTlsUsage store, InstantSource clock, Ticker ticker) {
        this.store = store;
        this.clock = clock;
        this.failuresTold = new Sparingly(TELL_INTERVAL, ticker);
        this.writer = Thread.ofPlatform().name("tls-usage").daemon(true).start(this::write);
    }

    @Override
    public void accept(Event event) {
        switch (event) {
            case Event.SessionOpened opened ->
                    open.put(opened.session(), new Session(opened.listener(), opened.mode()));
            case Event.ControlSecured secured -> at(secured, session -> session.secured(secured));
            case Event.ControlCleared left -> at(left, Session::left);
            case Event.ClientNamed named -> at(named, session -> session.client = named.software());
            case Event.LoginAccepted login -> loggedIn(login);
            case Event.Transfer transfer -> at(transfer, session -> session.moved(transfer));
            case Event.PolicyWouldRefuse refused -> at(refused, session -> session.noted(refused));
            case Event.SessionClosed closing -> closed(open.remove(closing.session()));
            default -> {} // Says nothing about TLS.
        }
    }

    /// Writes what is there, and ends. Blocks.
    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(writer);
        try {
            writer.join();
            store.close();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } catch (AccountException failed) {
            LOG.log(Level.WARNING, "tls-usage=not-closed cause={0}", failed.getMessage());
        }
    }

    private void at(Event event, Consumer<Session> change) {
        Session session = open.get(event.session());
        if (session != null) {
            session.change(change);
        }
    }

    private void loggedIn(Event.LoginAccepted login) {
        Session session = open.get(login.session());
        if (session != null) {
            session.loggedIn(login, clock).ifPresent(this::count);
        }
    }

    private void closed(@Nullable Session session) {
        if (session != null) {
            session.uses(clock).forEach(this::count);
        }
    }

    private void count(TlsUse use) {
        if (waiting.get() < WAITING_MAX) {
            waiting.incrementAndGet();
            ended.add(use);
        }
    }

    private void write() {
        List<TlsUse> batch = new ArrayList<>();
        Instant forgetFrom = Instant.MIN;
        while (true) {
            boolean last = closed;
            for (TlsUse next = ended.poll(); next != null; next = ended.poll()) {
                batch.add(next);
            }
            if (isApplied(() -> store.add(batch))) {
                waiting.addAndGet(-batch.size());
                batch.clear();
            }
            Instant now = clock.instant();
            if (!now.isBefore(forgetFrom)) {
                forgetFrom = now.plus(FORGET_PERIOD);
                boolean _ = isApplied(() -> store.forgetBefore(now.minus(KEPT)));
            }
            if (last) {
                return;
            }
            LockSupport.parkNanos(this, WRITE_PERIOD.toNanos());
        }
    }

    /// Something done in the database.
    @FunctionalInterface
    private interface Change {
        void apply() throws AccountException;
    }

    /// Whether a change could be made; if not, that is told now and then.
    private boolean isApplied(Change change) {
        try {
            change.apply();
            return true;
        } catch (AccountException | RuntimeException failed) {
            if (failuresTold.isDue()) {
                LOG.log(Level.WARNING, "tls-usage=not-written cause={0}", failed.getMessage());
            }
            return false;
        }
    }

    /// How commands travel, and passwords among them.
    private record Way(String mode, String version, String cipher, String group) {
        private static final String CCC = "+ccc";

        static final Way PLAIN = new Way("plain", UNKNOWN, UNKNOWN, UNKNOWN);
        static final Way IMPLICIT = new Way("implicit", UNKNOWN, UNKNOWN, UNKNOWN);

        Way secured(Event.ControlSecured secured) {
            return new Way(
                    mode.equals(PLAIN.mode) ? "explicit" : mode,
                    secured.version(),
                    secured.cipher(),
                    secured.group());
        }

        /// The same, and commands in the clear behind it.
        Way left() {
            return this.equals(PLAIN) || mode.endsWith(CCC)
                    ? this
                    : new Way(mode + CCC, version, cipher, group);
        }
    }

    /// What is known of a session that goes on. Events come from its own thread and from those of
    /// its transfers; `lock` guards all that changes.
    private static final class Session {
        private final ReentrantLock lock = new ReentrantLock();
        private final String listener;
        private String user = UNKNOWN;
        private String client = UNKNOWN;
        private Way way; // of the control connection now, or before CCC
        private Way login; // by which who is logged in came
        private long resumed;
        private long full;
        private long clear;

        /// Rules by whom they would have refused: names that were claimed, and who is logged in.
        private final Map<String, Set<String>> wouldRefuse = new TreeMap<>();

        Session(String listener, Event.Opening opening) {
            this.listener = listener;
            this.way =
                    switch (opening) {
                        case IN_THE_CLEAR -> Way.PLAIN;
                        case BY_TLS -> Way.IMPLICIT;
                    };
            this.login = way;
        }

        void change(Consumer<Session> change) {
            lock.lock();
            try {
                change.accept(this);
            } finally {
                lock.unlock();
            }
        }

        void secured(Event.ControlSecured secured) {
            way = way.secured(secured);
        }

        /// TLS was left by CCC.
        void left() {
            login = login.left();
        }

        void moved(Event.Transfer transfer) {
            if (transfer.data().isInTheClear()) {
                clear++;
            }
            if (transfer.data().resumed().isPresent()) {
                switch (transfer.data().resumed().get()) {
                    case TRUE, SAME_USER -> resumed++;
                    case FALSE -> full++;
                }
            }
        }

        void noted(Event.PolicyWouldRefuse refused) {
            wouldRefuse.computeIfAbsent(refused.user(), _ -> new TreeSet<>()).add(refused.rule());
        }

        /// Begins anew for somebody who has logged in.
        ///
        /// @return what it came to for who was logged in before
        Optional<TlsUse> loggedIn(Event.LoginAccepted accepted, InstantSource clock) {
            lock.lock();
            try {
                Optional<TlsUse> before =
                        user.equals(UNKNOWN)
                                ? Optional.empty()
                                : Optional.of(use(user, login, clock));
                user = accepted.user();
                login =
                        switch (accepted.protection()) {
                            case CLEAR -> Way.PLAIN;
                            case TLS -> way;
                        };
                return before;
            } finally {
                lock.unlock();
            }
        }

        /// What it comes to at its end. Names that nobody logged in by are nobody's.
        List<TlsUse> uses(InstantSource clock) {
            lock.lock();
            try {
                List<TlsUse> uses = new ArrayList<>();
                if (!user.equals(UNKNOWN)) {
                    uses.add(use(user, login, clock));
                }
                if (!wouldRefuse.isEmpty()) {
                    uses.add(use(UNKNOWN, way, clock));
                }
                return uses;
            } finally {
                lock.unlock();
            }
        }

        /// Takes what is to be counted for `name` out.
        private TlsUse use(String name, Way by, InstantSource clock) {
            Set<String> rules = new TreeSet<>();
            for (String noted : List.copyOf(wouldRefuse.keySet())) {
                if (name.equals(UNKNOWN) || isClaimOf(noted, name)) {
                    rules.addAll(wouldRefuse.remove(noted));
                }
            }
            TlsUse use =
                    new TlsUse(
                            new Kind(
                                    name,
                                    client,
                                    listener,
                                    by.mode,
                                    by.version,
                                    by.cipher,
                                    by.group),
                            1,
                            resumed,
                            full,
                            clear,
                            rules,
                            clock.instant());
            resumed = 0;
            full = 0;
            clear = 0;
            return use;
        }

        /// Whether who is logged in as `account` may have called himself `claimed`: the case of
        /// letters does not count, a virtual host's realm is added, and before USER there is no
        /// name.
        private static boolean isClaimOf(String claimed, String account) {
            return claimed.equals(UNKNOWN)
                    || account.equalsIgnoreCase(claimed)
                    || account.regionMatches(true, 0, claimed + "@", 0, claimed.length() + 1);
        }
    }
}
