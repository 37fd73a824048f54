package io.sealane.server.doctor;

import io.sealane.server.doctor.DataTransfer.Ending;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;

/// Uploads a small file whole, then one that is cut off, and removes both. Each on a control
/// connection of its own: behind a cut one the client's library forgets the session. Belongs to one
/// thread.
final class UploadCheck {
    private static final int CONTENT_OCTETS = 4096;
    private static final int NAME_OCTETS = 8;

    private final String folder;
    private final Notebook notes;
    private final Times times;
    private final Opener opener;

    private final String whole = newName();
    private final String half = newName();
    private Optional<DataTransfer> cut = Optional.empty();

    /// Has the server open a passive port.
    @FunctionalInterface
    interface Opener {
        InetSocketAddress open(Member member) throws IOException;
    }

    UploadCheck(String folder, Notebook notes, Times times, Opener opener) {
        this.folder = folder;
        this.notes = notes;
        this.times = times;
        this.opener = opener;
    }

    /// The first step.
    ///
    /// @return whether it worked
    boolean storeWhole(Member member) throws IOException {
        DataTransfer clean = store(member, whole, Ending.CLEAN);
        if (clean.succeeded()) {
            remove(member, whole);
            return true;
        }
        notes.add(
                Finding.NOT_EXAMINED,
                "uploads that are cut off: a whole one fails, " + clean.shown());
        return false;
    }

    /// The second, if the first has worked.
    void storeHalf(Member member) throws IOException {
        cut = Optional.of(store(member, half, Ending.CUT));
    }

    /// The last, whatever came of the second: looks what is there and removes it.
    void lookAndRemove(Member member) throws IOException {
        begin(member);
        boolean visible = isVisible(member);
        cut.ifPresent(upload ->
                notes.add(
                        upload.succeeded()
                                ? Finding.UPLOAD_CUT_ACCEPTED
                                : visible ? Finding.UPLOAD_CUT_VISIBLE : Finding.UPLOAD_CUT_REFUSED,
                        "STOR: " + upload.shown()));
        if (visible) {
            remove(member, half);
        }
    }

    private void begin(Member member) throws IOException {
        Member.expectGood(member.say("CWD " + folder), "CWD");
        member.protect();
    }

    private DataTransfer store(Member member, String name, Ending ending) throws IOException {
        begin(member);
        Member.expectGood(member.say("TYPE I"), "TYPE I");
        InetSocketAddress address = opener.open(member);
        return DataTransfer.store(name, ending, member, address, times, new byte[CONTENT_OCTETS]);
    }

    private boolean isVisible(Member member) throws IOException {
        InetSocketAddress address = opener.open(member);
        DataTransfer listing =
                DataTransfer.list(member.control(), address, member.resuming(), times);
        if (!listing.succeeded()) {
            throw new UnusableAnswer(
                    "what is left of " + half + " cannot be listed: " + listing.shown());
        }
        return listing.text().contains(half);
    }

    private void remove(Member member, String name) throws IOException {
        Reply reply = member.say("DELE " + name);
        if (!reply.isGood()) {
            notes.add(Finding.LEFT_BEHIND, name + ": " + reply.shown());
        }
    }

    /// A name that nobody has.
    private static String newName() {
        byte[] octets = new byte[NAME_OCTETS];
        new SecureRandom().nextBytes(octets);
        return "sealane-doctor-" + HexFormat.of().formatHex(octets) + ".tmp";
    }
}
