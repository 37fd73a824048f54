package io.sealane.core.command;

import io.sealane.core.command.ListingSettings.Links;
import io.sealane.core.command.ListingSettings.Visibility;
import io.sealane.core.wire.NamePattern;
import io.sealane.vfs.Entry;
import java.util.Optional;

/// Which entries of a directory a listing shows, and as what. Immutable.
record EntryFilter(Visibility hiddenFiles, Links symbolicLinks, Optional<NamePattern> pattern) {
    /// Shows what can be named at all, as far as links are shown.
    static EntryFilter everything(ListingSettings settings) {
        return new EntryFilter(Visibility.SHOW, settings.symbolicLinks(), Optional.empty());
    }

    /// Only what matches. As in a shell, a name that begins with a dot is matched by a pattern that
    /// does too, or where all are asked for: `mdelete *` is no wish to lose `.htaccess`.
    ///
    /// @param all whether `-a` asks for them
    EntryFilter matching(NamePattern wanted, boolean all) {
        Visibility dots = all || wanted.startsWithDot() ? Visibility.SHOW : Visibility.HIDE;
        return new EntryFilter(dots, symbolicLinks, Optional.of(wanted));
    }

    boolean shows(Entry entry) {
        return isNameable(entry.name())
                && showsKind(entry)
                && (hiddenFiles == Visibility.SHOW || !entry.name().startsWith("."))
                && (pattern.isEmpty() || pattern.get().matches(entry.name()));
    }

    /// For an entry that is asked for by its name.
    boolean showsKind(Entry entry) {
        return symbolicLinks != Links.HIDE || !entry.isLink();
    }

    /// What is shown of an entry that is shown.
    Entry form(Entry entry) {
        return symbolicLinks == Links.AS_TARGETS ? entry.asTarget() : entry;
    }

    /// Security: a name with a line end in it would forge a line. One with another control
    /// character, a tab apart, cannot be said in a command, so nobody could use it.
    private static boolean isNameable(String name) {
        for (int index = 0; index < name.length(); index++) {
            if (name.charAt(index) < ' ' && name.charAt(index) != '\t') {
                return false;
            }
        }
        return true;
    }
}
