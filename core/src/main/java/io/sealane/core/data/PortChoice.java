package io.sealane.core.data;

import io.sealane.core.event.Event;
import io.sealane.core.event.EventSink;
import io.sealane.core.limit.Sparingly;
import io.sealane.core.limit.Ticker;
import io.sealane.core.wire.AddressText;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.random.RandomGenerator;

/// Chooses the port that an offer waits at: each that has room for it with the same probability, so
/// that nobody can guess the next one (RFC 2577 section 5).
///
/// Safe from any thread.
final class PortChoice {
    /// Between two notes that no port could be opened, or a connection not be accepted.
    private static final Duration TELL_INTERVAL = Duration.ofMinutes(1);

    private final PassiveSettings settings;
    private final int[] range;
    private final EventSink events;
    private final RandomGenerator random;

    /// One that the system would not open lately, for [#tellWhyNot].
    private volatile Optional<ListeningPort> unopened = Optional.empty();

    private final Sparingly unopenedTold;
    private final Sparingly unacceptedTold;

    /// Ports that are open or about to be; each leaves when it is closed.
    private final ConcurrentMap<InetSocketAddress, ListeningPort> open = new ConcurrentHashMap<>();

    PortChoice(PassiveSettings settings, EventSink events, RandomGenerator random, Ticker ticker) {
        this.settings = settings;
        this.range = settings.systemChooses() ? SystemPorts.read() : settings.ports();
        this.events = events;
        this.random = random;
        this.unopenedTold = new Sparingly(TELL_INTERVAL, ticker);
        this.unacceptedTold = new Sparingly(TELL_INTERVAL, ticker);
    }

    /// Finds a port for an offer, and lets it wait there.
    ///
    /// @return empty if no port has room
    Optional<ListeningPort> place(PassiveOffer offer) {
        Optional<ListeningPort> found = find(offer);
        if (found.isEmpty()) {
            tellWhyNot(offer);
        }
        return found;
    }

    private Optional<ListeningPort> find(PassiveOffer offer) {
        InetAddress local = settings.binding().addressFor(offer.client().localAddress());
        if (range.length == 0) {
            return waitAt(
                    new ListeningPort(
                            new InetSocketAddress(local, 0), events, unacceptedTold, _ -> {}),
                    offer);
        }
        Shuffled ports = new Shuffled(range, new SplittableRandom(random.nextLong()));
        while (ports.hasNext()) {
            Optional<ListeningPort> found = at(new InetSocketAddress(local, ports.next()), offer);
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    private Optional<ListeningPort> at(InetSocketAddress address, PassiveOffer offer) {
        while (true) {
            ListeningPort port = open.computeIfAbsent(address, this::closedYet);
            switch (port.admit(offer)) {
                case ADMITTED -> {
                    return Optional.of(port);
                }
                case UNBINDABLE -> {
                    unopened = Optional.of(port);
                    return Optional.empty();
                }
                case TAKEN -> {
                    return Optional.empty();
                }
                case CLOSING -> port.awaitClosed(); // Some microseconds.
            }
        }
    }

    private Optional<ListeningPort> waitAt(ListeningPort port, PassiveOffer offer) {
        if (port.admit(offer) == ListeningPort.Admission.ADMITTED) {
            return Optional.of(port);
        }
        unopened = Optional.of(port);
        return Optional.empty();
    }

    /// Ports that others have are usual among many; that they leave none is not.
    private void tellWhyNot(PassiveOffer offer) {
        Optional<ListeningPort> port = unopened;
        if (port.isPresent() && unopenedTold.isDue()) {
            unopened = Optional.empty();
            events.accept(
                    new Event.PassivePortNotOpened(
                            offer.client().session(),
                            AddressText.of(port.get().wanted()),
                            port.get().failure().orElse("-")));
        }
    }

    private ListeningPort closedYet(InetSocketAddress address) {
        return new ListeningPort(
                address, events, unacceptedTold, port -> open.remove(port.wanted(), port));
    }

    /// Numbers in random order, each once, shuffled no further than asked for. The generator is
    /// seeded anew for each choice: what one choice shows tells nothing of the next.
    private static final class Shuffled {
        private final int[] numbers;
        private final RandomGenerator random;

        /// Where the shuffle has put another number than `numbers` has.
        private final Map<Integer, Integer> moved = new HashMap<>();

        private int given;

        Shuffled(int[] numbers, RandomGenerator random) {
            this.numbers = numbers;
            this.random = random;
        }

        boolean hasNext() {
            return given < numbers.length;
        }

        int next() {
            int at = random.nextInt(given, numbers.length);
            int found = numberAt(at);
            moved.put(at, numberAt(given));
            moved.remove(given);
            given++;
            return found;
        }

        private int numberAt(int at) {
            return moved.getOrDefault(at, numbers[at]);
        }
    }
}
