package io.sealane.server.doctor;

import io.sealane.server.doctor.DataTransfer.Resumed;
import io.sealane.server.doctor.DataTransfer.Unreachable;
import io.sealane.server.doctor.Member.Outcome;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// Data connections, seen by somebody who may log in. Belongs to one thread.
final class DataChecks {
    private static final int LISTINGS = 3;

    private final Site site;
    private final Notebook notes;
    private final Login login;
    private final Trust trust;
    private final Instant now;
    private final Set<Integer> ports = new TreeSet<>();

    DataChecks(Site site, Notebook notes, Login login, Trust trust, Instant now) {
        this.site = site;
        this.notes = notes;
        this.login = login;
        this.trust = trust;
        this.now = now;
    }

    /// What is done by somebody who has logged in.
    @FunctionalInterface
    private interface Work {
        void run(Member member) throws IOException;
    }

    /// Runs all checks.
    ///
    /// @param levels how PROT was answered before the login, if it was
    void run(Optional<ProtLevels> levels) {
        notes.attempt("login", () -> as(member -> first(member, levels)));
        if (!notes.has(Finding.LOGIN)) {
            return;
        }
        List<DataTransfer> resumed = new ArrayList<>();
        List<DataTransfer> fresh = new ArrayList<>();
        notes.attempt("listings that resume", () -> as(member -> resumed(member, resumed)));
        if (notes.has(Finding.PASSIVE_UNREACHABLE)) {
            return;
        }
        notes.attempt("a listing that does not resume", () -> as(member -> fresh(member, fresh)));
        if (!resumed.isEmpty() && !fresh.isEmpty()) {
            SessionVerdict.of(resumed, fresh.getFirst())
                    .forEach(verdict -> notes.add(verdict.finding(), verdict.seen()));
        }
        notes.attempt("a listing in the clear", () -> as(this::clear));
        if (login.writing().isPresent()) {
            upload(login.writing().get());
        } else {
            notes.add(Finding.NOT_EXAMINED, "uploads that are cut off: needs --write");
        }
    }

    /// Passive ports that the server has named.
    Set<Integer> passivePorts() {
        return ports;
    }

    private void as(Work work) throws IOException {
        switch (Member.enter(site, login, trust, now)) {
            case Outcome.In(Member member) -> {
                try (member) {
                    work.run(member);
                }
            }
            case Outcome.Out(Member.Refusal refusal) ->
                    notes.add(refusal.finding(), refusal.seen());
        }
    }

    private void first(Member member, Optional<ProtLevels> seenBefore) throws IOException {
        notes.add(Finding.LOGIN, "as the user that was named");
        if (!notes.has(Finding.FEAT_COMPLETE) && !notes.has(Finding.FEAT_INCOMPLETE)) {
            CommandChecks.features(member.say("FEAT"))
                    .ifPresent(features -> CommandChecks.report(features, site, notes));
        }
        if (seenBefore.isEmpty()) {
            ProtLevels.ask(member.control()).report(notes);
        }
        addresses(member);
    }

    private void addresses(Member member) throws IOException {
        InetAddress host = site.address().getAddress();
        Reply extended = member.say("EPSV");
        Optional<Integer> port = PassiveReply.port(extended);
        port.ifPresent(ports::add);
        if (port.isEmpty()) {
            notes.add(Finding.PASSIVE_REFUSED, "EPSV: " + extended.shown());
        }
        if (!(host instanceof Inet4Address)) {
            return; // PASV is of IPv4.
        }
        Reply passive = member.say("PASV");
        Optional<InetSocketAddress> address = PassiveReply.address(passive);
        if (address.isEmpty()) {
            notes.add(Finding.PASSIVE_REFUSED, "PASV: " + passive.shown());
            return;
        }
        ports.add(address.get().getPort());
        address(host, address.get());
    }

    private void address(InetAddress host, InetSocketAddress named) throws IOException {
        InetAddress address = named.getAddress();
        String seen = "PASV names " + address.getHostAddress();
        if (address.equals(host) || address.isAnyLocalAddress()) {
            notes.add(Finding.PASSIVE_ADDRESS, seen);
            return;
        }
        String wrong = seen + ", the control connection goes to " + host.getHostAddress();
        if (isPrivate(address)) {
            notes.add(Finding.PASSIVE_ADDRESS_WRONG, wrong + "; it is a private address");
            return;
        }
        // Nothing is sent there: a server must not lead this program to others.
        try (Wire _ = Wire.connect(named, site.times().next())) {
            notes.add(Finding.PASSIVE_ADDRESS, wrong + "; it can be reached");
        } catch (IOException failed) {
            notes.add(
                    Finding.PASSIVE_ADDRESS_WRONG,
                    wrong + "; it cannot be reached: " + Notebook.reason(failed));
        }
    }

    /// Not to be reached from everywhere (RFC 1918, RFC 3927, RFC 6598).
    static boolean isPrivate(InetAddress address) {
        byte[] octets = address.getAddress();
        boolean shared = octets[0] == 100 && (octets[1] & 0xC0) == 64;
        return shared
                || address.isSiteLocalAddress()
                || address.isLoopbackAddress()
                || address.isLinkLocalAddress()
                || address.isMulticastAddress();
    }

    /// Where a client connects to: EPSV's port, else PASV's, at the control connection's address.
    private InetSocketAddress open(Member member) throws IOException {
        Optional<Integer> port = PassiveReply.port(member.say("EPSV"));
        if (port.isEmpty()) {
            Reply passive = member.say("PASV");
            port = PassiveReply.address(passive).map(InetSocketAddress::getPort);
            if (port.isEmpty()) {
                throw new UnusableAnswer("no passive port: " + passive.shown());
            }
        }
        ports.add(port.get());
        return new InetSocketAddress(site.address().getAddress(), port.get());
    }

    private void resumed(Member member, List<DataTransfer> listings) throws IOException {
        member.protect();
        try {
            for (int number = 0; number < LISTINGS; number++) {
                InetSocketAddress address = open(member);
                listings.add(
                        DataTransfer.list(
                                member.control(), address, member.resuming(), site.times()));
            }
        } catch (Unreachable unreachable) {
            notes.add(Finding.PASSIVE_UNREACHABLE, Notebook.reason(unreachable));
            return;
        }
        listings.stream().filter(DataTransfer::succeeded).findFirst().ifPresent(this::end);
    }

    private void end(DataTransfer listing) {
        switch (listing.end()) {
            case CLOSE_NOTIFY -> notes.add(Finding.LISTING_ENDS_CLEANLY, "close_notify");
            case FIN, RESET -> notes.add(Finding.LISTING_CUT, "FIN without close_notify");
            case NONE -> notes.add(Finding.NOT_EXAMINED, "the end of a listing: it is too long");
        }
    }

    private void fresh(Member member, List<DataTransfer> listings) throws IOException {
        member.protect();
        InetSocketAddress address = open(member);
        listings.add(
                DataTransfer.list(
                        member.control(), address, Optional.of(site.freshClient()), site.times()));
    }

    private void clear(Member member) throws IOException {
        member.say("PBSZ 0");
        Reply level = member.say("PROT C");
        if (!level.isGood()) {
            if (!notes.has(Finding.CLEAR_DATA_REFUSED)) {
                notes.add(Finding.CLEAR_DATA_REFUSED, "PROT C: " + level.shown());
            }
            return;
        }
        InetSocketAddress address;
        try {
            address = open(member);
        } catch (UnusableAnswer refused) {
            notes.add(Finding.CLEAR_DATA_REFUSED, Notebook.reason(refused));
            return;
        }
        DataTransfer listing =
                DataTransfer.list(member.control(), address, Optional.empty(), site.times());
        notes.add(
                listing.succeeded() ? Finding.CLEAR_DATA_SERVED : Finding.CLEAR_DATA_REFUSED,
                "LIST behind PROT C: " + listing.shown());
    }

    private void upload(String folder) {
        UploadCheck uploads = new UploadCheck(folder, notes, site.times(), this::open);
        List<Boolean> stored = new ArrayList<>();
        notes.attempt("an upload", () -> as(member -> stored.add(uploads.storeWhole(member))));
        if (stored.contains(true)) {
            notes.attempt("an upload that is cut off", () -> as(uploads::storeHalf));
            notes.attempt("what is left of an upload", () -> as(uploads::lookAndRemove));
        }
    }

    /// What the listings tell of session reuse.
    record SessionVerdict(Finding finding, String seen) {
        /// @param resumed listings by the control connection's client, one at least
        /// @param fresh one by another client
        static List<SessionVerdict> of(List<DataTransfer> resumed, DataTransfer fresh) {
            DataTransfer first = resumed.getFirst();
            if (!first.succeeded()) {
                return List.of(
                        new SessionVerdict(
                                Finding.DATA_FAILED,
                                "offering the session: "
                                        + first.shown()
                                        + "; without: "
                                        + fresh.shown()));
            }
            List<SessionVerdict> verdicts = new ArrayList<>();
            verdicts.add(new SessionVerdict(Finding.DATA_BY_TLS, "LIST: " + first.shown()));
            boolean reused = first.resumed() == Resumed.YES;
            if (!fresh.succeeded()) {
                verdicts.add(new SessionVerdict(Finding.DATA_RESUMPTION_REQUIRED, fresh.shown()));
            } else if (reused) {
                verdicts.add(
                        new SessionVerdict(
                                Finding.DATA_RESUMPTION_OPTIONAL,
                                "resumed when offered; without: " + fresh.shown()));
            } else {
                verdicts.add(
                        new SessionVerdict(
                                Finding.DATA_RESUMPTION_MISSING,
                                "the session was offered, and not resumed"));
            }
            long kept =
                    resumed.stream()
                            .filter(DataTransfer::succeeded)
                            .filter(listing -> listing.resumed() == Resumed.YES)
                            .count();
            if (reused && kept < resumed.size()) {
                verdicts.add(
                        new SessionVerdict(
                                Finding.DATA_RESUMPTION_RUNS_OUT,
                                kept + " of " + resumed.size() + " listings resumed"));
            }
            return verdicts;
        }
    }
}
