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

/// A directory by name, or in the order that `-t`, `-S` or `-r` asks for, if it is small enough;
/// else in the store's own order. Sorting has to hold every entry, and a listing must not hold more
/// for a larger directory. Belongs to one thread.
final class SortedEntries implements DirectoryReader {
    /// Most entries sorted where a client asks for an order. They take a megabyte, a transfer's
    /// buffers take half of one.
    static final int ENTRIES_MAX = 4_000;

    /// Most entries sorted by name where it asks for none: they take less than the buffers do.
    static final int UNASKED_MAX = 1_000;

    private static final Comparator<Entry> BY_NAME = Comparator.comparing(Entry::name);

    private final DirectoryReader directory; // owned
    private final Comparator<Entry> order;
    private final int most;
    private final ArrayDeque<Entry> first = new ArrayDeque<>();
    private boolean begun;

    private SortedEntries(DirectoryReader directory, Comparator<Entry> order, int most) {
        this.directory = directory;
        this.order = order;
        this.most = most;
    }

    /// Interop: people and scripts expect the order of `ls`, which vsftpd, ProFTPD and Pure-FTPd
    /// have.
    static SortedEntries of(DirectoryReader directory, ListArgument argument) {
        return order(argument)
                .map(order -> new SortedEntries(directory, order, ENTRIES_MAX))
                .orElseGet(() -> new SortedEntries(directory, BY_NAME, UNASKED_MAX));
    }

    /// The order that options ask for, if they ask for one: with `-r` alone by name, from the end.
    private static Optional<Comparator<Entry>> order(ListArgument argument) {
        Comparator<Entry> order;
        if (argument.has(Option.BY_TIME)) {
            order = Comparator.comparing(Entry::modified).reversed().thenComparing(BY_NAME);
        } else if (argument.has(Option.BY_SIZE)) {
            order = Comparator.comparingLong(Entry::size).reversed().thenComparing(BY_NAME);
        } else if (argument.has(Option.REVERSED)) {
            order = BY_NAME;
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
        while (entry != null && entries.size() < most) {
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
