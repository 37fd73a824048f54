package io.sealane.core.command;

import io.sealane.core.transfer.LineSource;
import io.sealane.vfs.DirectoryReader;
import io.sealane.vfs.Entry;
import io.sealane.vfs.StorageException;

/// The lines of one directory, made one by one as it is read. Belongs to one thread.
final class DirectoryLines implements LineSource {
    /// Entries looked at and not shown before others get their turn: a millisecond or two, some
    /// thirty where each meets a pattern that is made to be slow.
    static final int TURN_ENTRIES = 512;

    private final DirectoryReader directory; // owned
    private final String prefix;
    private final EntryFilter filter;
    private final EntryFormat format;

    DirectoryLines(
            DirectoryReader directory, String prefix, EntryFilter filter, EntryFormat format) {
        this.directory = directory;
        this.prefix = prefix;
        this.filter = filter;
        this.format = format;
    }

    @Override
    public Step next(StringBuilder line) throws StorageException {
        for (int seen = 0; seen < TURN_ENTRIES; seen++) {
            Entry entry = directory.next();
            if (entry == null) {
                return Step.END;
            }
            if (filter.shows(entry)) {
                format.append(line, prefix, filter.form(entry));
                return Step.LINE;
            }
        }
        return Step.PAUSE;
    }

    @Override
    public void close() {
        directory.close();
    }
}
