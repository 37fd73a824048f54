package io.sealane.core.command;

import io.sealane.core.transfer.LineSource;
import io.sealane.vfs.Entry;

/// The one line of something that is listed itself. Belongs to one thread.
final class NamedLine implements LineSource {
    private final Entry entry;
    private final String asGiven;
    private final EntryFormat format;
    private boolean shown;

    NamedLine(Entry entry, String asGiven, EntryFormat format) {
        this.entry = entry;
        this.asGiven = asGiven;
        this.format = format;
    }

    @Override
    public Step next(StringBuilder line) {
        if (shown) {
            return Step.END;
        }
        shown = true;
        format.appendNamed(line, asGiven, entry);
        return Step.LINE;
    }

    @Override
    public void close() {
        // Nothing is open.
    }
}
