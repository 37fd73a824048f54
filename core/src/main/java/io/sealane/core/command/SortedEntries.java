package io.sealane.core.command;

import io.sealane.core.wire.ListArgument;
import io.sealane.core.wire.ListArgument.Option;
import io.sealane.vfs.DirectoryReader;
import io.sealane.vfs.Entry;
import io.sealane.vfs.StorageException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A directory in the order that `-t`, `-S` or `-r` asks for, if it is small enough; else in the
/// store's own order, as without them. Sorting has to hold every entry, and a listing must not hold
/// more for a larger directory. Belongs to one thread.
final class SortedEntries implements DirectoryReader {
    /// Most entries sorted. They take a megabyte, a transfer's buffers take half of one.
    static final int ENTRIES_MAX = 4_000;

    private final DirectoryReader directory; // owned
    private final Comparator<Entry> order;
    private final ArrayDeque<Entry> first = new ArrayDeque<>();
    private boolean begun;

    SortedEntries(DirectoryReader directory, Comparator<Entry> order) {
        this.directory = directory;
        this.order = order;
    }

    /// The order that options ask for, if they ask for one: with `-r` alone by name, from the end.
    static Optional<Comparator<Entry>> order(ListArgument argument) {
        Comparator<Entry> byName = Comparator.comparing(Entry::name);
        Comparator<Entry> order;
        if (argument.has(Option.BY_TIME)) {
            order = Comparator.comparing(Entry::modified).reversed().thenComparing(byName);
        } else if (argument.has(Option.BY_SIZE)) {
            order = Comparator.comparingLong(Entry::size).reversed().thenComparing(byName);
        } else if (argument.has(Option.REVERSED)) {
            order = byName;
        } else {
            return Optional.empty();
        }
        return Optional.of(argument.has(Option.REVERSED) ? order.reversed() : order);
    }

    @Override
    public @Nullable Entry next() throws StorageException {
        if (!begun) {
            begun = true;
            begin();
        }
        Entry held = first.poll();
        return held == null ? directory.next() : held;
    }

    private void begin() throws StorageException {
        List<Entry> entries = new ArrayList<>();
        Entry entry = directory.next();
        while (entry != null && entries.size() < ENTRIES_MAX) {
            entries.add(entry);
            entry = directory.next();
        }
        if (entry == null) {
            entries.sort(order);
            first.addAll(entries);
        } else {
            first.addAll(entries);
            first.add(entry);
        }
    }

    @Override
    public void close() {
        directory.close();
    }
}
