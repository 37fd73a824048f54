package io.sealane.accounts;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/// What waits for its turn, by where it came from. Those that it came from take turns; and where
/// there is no more room, whoever has most waiting gives up the last of it. So one of them, however
/// much it sends, can keep out none of the others.
///
/// @param <O> origin
/// @param <E> element
final class FairQueue<O, E> {
    private final int max;

    /// The next to have its turn first; none is empty.
    private final SequencedMap<O, Deque<E>> byOrigin = new LinkedHashMap<>();

    private int size;

    /// @param max most elements
    FairQueue(int max) {
        this.max = max;
    }

    int size() {
        return size;
    }

    /// Adds an element behind those of its origin.
    ///
    /// @return what had to give way: this element if its origin has most waiting already
    Optional<E> add(O origin, E element) {
        Optional<E> gaveWay = Optional.empty();
        if (size == max) {
            Optional<Map.Entry<O, Deque<E>>> largest =
                    byOrigin.entrySet().stream()
                            .max(Comparator.comparingInt(entry -> entry.getValue().size()));
            int own = byOrigin.getOrDefault(origin, new ArrayDeque<>()).size();
            if (largest.isEmpty() || own >= largest.get().getValue().size()) {
                return Optional.of(element);
            }
            gaveWay = Optional.of(removeLast(largest.get().getKey()));
        }
        byOrigin.computeIfAbsent(origin, _ -> new ArrayDeque<>()).add(element);
        size++;
        return gaveWay;
    }

    /// Takes back the last element of an origin that has one.
    E removeLast(O origin) {
        Deque<E> waiting = byOrigin.getOrDefault(origin, new ArrayDeque<>());
        E last = waiting.removeLast();
        if (waiting.isEmpty()) {
            byOrigin.remove(origin);
        }
        size--;
        return last;
    }

    /// Takes the first element of the origin whose turn it is.
    Optional<E> poll() {
        Map.Entry<O, Deque<E>> next = byOrigin.pollFirstEntry();
        if (next == null) {
            return Optional.empty();
        }
        E first = next.getValue().remove();
        if (!next.getValue().isEmpty()) {
            byOrigin.putLast(next.getKey(), next.getValue());
        }
        size--;
        return Optional.of(first);
    }

    /// Takes all that is left.
    List<E> clear() {
        List<E> all = new ArrayList<>();
        byOrigin.values().forEach(all::addAll);
        byOrigin.clear();
        size = 0;
        return all;
    }
}
