package io.sealane.core.command;

import static io.sealane.core.session.Outcome.say;

import io.sealane.core.command.Listing.Subject;
import io.sealane.core.session.Outcome;
import io.sealane.core.session.SessionState;
import io.sealane.core.session.SessionState.Member;
import io.sealane.core.session.SessionState.Visitor;
import io.sealane.core.tls.TlsPolicy;
import io.sealane.core.transfer.LineSource;
import io.sealane.core.transfer.TransferPlan;
import io.sealane.core.wire.Blanks;
import io.sealane.core.wire.CommandLine;
import io.sealane.core.wire.FactLine;
import io.sealane.core.wire.ListArgument;
import io.sealane.core.wire.ListLine;
import io.sealane.core.wire.Reply;
import io.sealane.vfs.Entry;
import io.sealane.vfs.StorageException;
import io.sealane.vfs.StorageException.Reason;
import io.sealane.vfs.VirtualPath;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/// LIST, NLST, STAT with a path (RFC 959 section 4.1.3), MLSD, MLST (RFC 3659 section 7).
///
/// A pattern that nothing matches gives an empty listing: it is no error that a folder has none of
/// the files that are asked for, and scripts run `mget` to find out. Interop: vsftpd does the same,
/// ProFTPD to LIST (to NLST it says 450). A plain name that is missing is refused.
final class ListingCommands {
    /// Most lines of a STAT. The reply is made whole before it leaves, on the session's thread, and
    /// meanwhile the session hears nothing else.
    static final int STAT_LINES_MAX = 1_000;

    /// Most characters of a STAT, for the same reason.
    static final int STAT_LENGTH_MAX = 256 * 1024;

    /// Most times that a STAT goes on looking where nothing is to be shown: 10,240 entries.
    private static final int STAT_PAUSES_MAX = 20;

    private final Services services;
    private final StoreAccess store;
    private final TlsGate tls;
    private final TransferGate gate;

    ListingCommands(Services services) {
        this.services = services;
        this.store = new StoreAccess(services);
        this.tls = new TlsGate(services);
        this.gate = new TransferGate(services);
    }

    Outcome list(CommandLine command, Member state) {
        return send(command, state, longLines());
    }

    Outcome nlst(CommandLine command, Member state) {
        return send(command, state, new EntryFormat.Names());
    }

    private Outcome send(CommandLine command, Member state, EntryFormat format) {
        ListArgument argument = argument(command, state);
        TlsPolicy top = tls.policy(state, argument.path()).enforced();
        Listing listing =
                listing(argument, state, format, directory -> tls.opens(state, directory, top));
        return gate.move(
                listing.argument().path(),
                state,
                path ->
                        new TransferPlan.SendLines(
                                listing.lines(listing.subject(path)),
                                gate.coding(state),
                                state.link().names().current()));
    }

    Outcome mlsd(CommandLine command, Member state) {
        EntryFilter filter = EntryFilter.everything(services.listing());
        EntryFormat facts = new EntryFormat.Facts(factLine(state));
        Outcome outcome =
                gate.move(
                        command.argument(),
                        state,
                        path ->
                                new TransferPlan.SendLines(
                                        new DirectoryLines(
                                                state.storage().list(path), "", filter, facts),
                                        gate.coding(state),
                                        state.link().names().current()));
        // RFC 3659 section 7.2.1 has a code of its own for what is no directory.
        return outcome instanceof Outcome.Said(Reply reply, SessionState next)
                        && reply.equals(Reply.NOT_A_DIRECTORY)
                ? say(Reply.MLSD_OF_NO_DIRECTORY, next)
                : outcome;
    }

    /// MLST. The name in it is the whole path, which can be used whatever the current directory is.
    Outcome mlst(CommandLine command, Member state) {
        return store.at(
                command.argument(),
                state,
                path -> {
                    EntryFilter filter = EntryFilter.everything(services.listing());
                    Entry entry = state.storage().stat(path);
                    if (!filter.showsKind(entry)) {
                        throw new StorageException(Reason.NOT_FOUND, path + " is a hidden link");
                    }
                    StringBuilder line = new StringBuilder();
                    factLine(state).append(line, filter.form(entry), path.toString());
                    return say(
                            Reply.listing(250, "Facts of " + path, List.of(line.toString()), "End"),
                            state);
                });
    }

    /// STAT: of the session without an argument, else what LIST shows, on the control connection.
    Outcome stat(CommandLine command, SessionState state) {
        if (Blanks.only(command.argument())) {
            return new Outcome.Described(state);
        }
        return switch (state) {
            case Visitor visitor -> say(Reply.NOT_LOGGED_IN, visitor);
            case Member member -> {
                Listing listing =
                        listing(
                                argument(command, member),
                                member,
                                longLines(),
                                directory -> tls.opensOnControl(member, directory));
                yield store.at(
                        listing.argument().path(), member, path -> stat(listing, path, member));
            }
        };
    }

    private static Outcome stat(Listing listing, VirtualPath path, Member state)
            throws StorageException {
        Subject subject = listing.subject(path);
        int code =
                switch (subject) {
                    case Subject.Inside _, Subject.Matching _ -> 212;
                    case Subject.Itself(Entry entry) -> entry.isDirectory() ? 212 : 213;
                };
        try (LineSource source = listing.lines(subject)) {
            return say(read(source, code, path), state);
        }
    }

    private static Reply read(LineSource source, int code, VirtualPath path)
            throws StorageException {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        int length = 0;
        int pauses = 0;
        LineSource.Step step = source.next(line);
        while (step == LineSource.Step.LINE || step == LineSource.Step.PAUSE) {
            pauses += step == LineSource.Step.PAUSE ? 1 : 0;
            length += line.length();
            boolean full = lines.size() >= STAT_LINES_MAX || length > STAT_LENGTH_MAX;
            if (full || pauses > STAT_PAUSES_MAX) {
                return Reply.STATUS_TOO_LONG; // Half a listing would be taken for the whole.
            }
            line.toString().lines().forEach(lines::add);
            line.setLength(0);
            step = source.next(line);
        }
        return step == LineSource.Step.CUT
                ? Reply.LISTING_CUT
                : Reply.listedStatus(code, path.toString(), lines);
    }

    private ListArgument argument(CommandLine command, Member state) {
        return ListArgument.parse(command.argument(), text -> store.isThere(text, state));
    }

    private Listing listing(
            ListArgument argument, Member state, EntryFormat format, Predicate<VirtualPath> reach) {
        return Listing.of(state.storage(), argument, services.listing(), format, reach);
    }

    private EntryFormat longLines() {
        return new EntryFormat.LongLines(
                new ListLine(services.listing().zone(), services.clock().instant()));
    }

    private static FactLine factLine(Member state) {
        return new FactLine(state.settings().facts(), state.storage().abilities());
    }
}
