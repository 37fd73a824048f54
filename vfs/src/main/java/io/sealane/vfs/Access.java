package io.sealane.vfs;

/// What a store would allow with an entry at the moment, told by what it knows anyway: nothing is
/// tried for it. What is denied here is refused; what is allowed may still fail, for a full disk or
/// a rule of the host that permission bits do not show.
///
/// @param read read a file's bytes, list a directory's names
/// @param write replace a file's bytes, make and remove names in a directory
/// @param enter reach what is in a directory
/// @param remove delete it or give it another name, which its directory allows or not
public record Access(boolean read, boolean write, boolean enter, boolean remove) {
    public static final Access ALL = new Access(true, true, true, true);

    /// May be looked at and walked through, and that is all.
    public static final Access VISIT = new Access(true, false, true, false);

    /// What is left of it where nothing may be changed.
    public Access forReading() {
        return new Access(read, false, enter, false);
    }
}
