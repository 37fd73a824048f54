package io.sealane.core.command;

import static io.sealane.core.session.Outcome.say;

import io.sealane.core.data.DataOffer;
import io.sealane.core.session.Outcome;
import io.sealane.core.session.SessionState.Member;
import io.sealane.core.tls.TlsPolicy.Request;
import io.sealane.core.tls.TlsPolicy.Verdict;
import io.sealane.core.transfer.LineSource;
import io.sealane.core.transfer.RangeReader;
import io.sealane.core.transfer.Representation;
import io.sealane.core.transfer.TransferPlan;
import io.sealane.core.wire.CommandLine;
import io.sealane.core.wire.ListArgument;
import io.sealane.core.wire.OctetRange;
import io.sealane.core.wire.Reply;
import io.sealane.vfs.Entry;
import io.sealane.vfs.FileReader;
import io.sealane.vfs.Placement;
import io.sealane.vfs.Storage;
import io.sealane.vfs.StorageException;
import io.sealane.vfs.StorageException.Reason;
import io.sealane.vfs.VirtualPath;
import java.time.Instant;
import java.util.Locale;

/// RETR, STOR, STOU, APPE, LIST, NLST, MLSD (RFC 959 section 4.1.3, RFC 3659 section 7). What can
/// be refused is refused before anything is opened.
final class TransferCommands {
    /// Opens what a transfer moves.
    @FunctionalInterface
    private interface Opening {
        TransferPlan open(VirtualPath path) throws StorageException;
    }

    private final Services services;
    private final StoreAccess store;

    TransferCommands(Services services) {
        this.services = services;
        this.store = new StoreAccess(services);
    }

    Outcome retr(CommandLine command, Member state) {
        OctetRange range = state.settings().range();
        Representation type = state.settings().representation();
        if (range.isBounded()) {
            return retrRange(command, state, range);
        }
        return move(
                command.argument(),
                state,
                path -> {
                    FileReader file = state.storage().openForRead(path);
                    if (range.start() > file.size()) {
                        file.close();
                        throw new StorageException(Reason.BAD_OFFSET, "REST " + range.start());
                    }
                    return new TransferPlan.Send(file, range.start(), type);
                });
    }

    /// RETR after RANG. What of the range is behind the end of the file is not sent, without an
    /// error (draft-bryan-ftp-range-08 section 4.3).
    private Outcome retrRange(CommandLine command, Member state, OctetRange range) {
        Representation type = state.settings().representation();
        return switch (type) {
            case ASCII -> say(Reply.RANGE_NEEDS_IMAGE, state.with(state.settings().withoutRange()));
            case IMAGE ->
                    move(
                            command.argument(),
                            state,
                            path ->
                                    new TransferPlan.Send(
                                            new RangeReader(
                                                    state.storage().openForRead(path), range.end()),
                                            range.start(),
                                            type));
        };
    }

    Outcome stor(CommandLine command, Member state) {
        OctetRange range = state.settings().range();
        if (range.isBounded()) {
            return say(Reply.RANGE_NOT_STORED, state.with(state.settings().withoutRange()));
        }
        return receive(
                command.argument(),
                state,
                range.start() == 0
                        ? new Placement.Replace()
                        : new Placement.RestartAt(range.start()));
    }

    /// STOU stores under a name of the server's choice in the current directory, which 150 and the
    /// log tell. A name that the client gives (RFC 959 has none) becomes its beginning.
    Outcome stou(CommandLine command, Member state) {
        String wish = command.argument().isBlank() ? "upload" : command.argument();
        String suffix = String.format(Locale.ROOT, ".%010x", services.random().nextLong(1L << 40));
        return receive(wish + suffix, state, new Placement.Replace());
    }

    Outcome appe(CommandLine command, Member state) {
        return receive(command.argument(), state, new Placement.Append());
    }

    private Outcome receive(String argument, Member state, Placement placement) {
        Representation type = state.settings().representation();
        return move(
                argument,
                state,
                path ->
                        new TransferPlan.Receive(
                                StoreAccess.openForWrite(path, placement, state), type));
    }

    Outcome list(CommandLine command, Member state) {
        Instant now = services.clock().instant();
        return listing(command, state, new Listings.Format.LongLines(now));
    }

    Outcome nlst(CommandLine command, Member state) {
        String argument = pathOf(command.argument(), state);
        return listing(command, state, new Listings.Format.Names(argument));
    }

    private Outcome listing(CommandLine command, Member state, Listings.Format format) {
        return move(
                pathOf(command.argument(), state),
                state,
                path -> new TransferPlan.SendLines(lines(path, state.storage(), format)));
    }

    Outcome mlsd(CommandLine command, Member state) {
        Listings.Format format = new Listings.Format.Facts(state.settings().facts());
        return move(
                command.argument(),
                state,
                path ->
                        new TransferPlan.SendLines(
                                Listings.ofDirectory(state.storage().list(path), format)));
    }

    private static LineSource lines(VirtualPath path, Storage storage, Listings.Format format)
            throws StorageException {
        Entry entry = storage.stat(path);
        return entry.isDirectory()
                ? Listings.ofDirectory(storage.list(path), format)
                : Listings.ofFile(entry, format);
    }

    /// The path in an argument of LIST or NLST. What looks like an option is one, unless something
    /// of that name exists.
    private static String pathOf(String argument, Member state) {
        if (!argument.startsWith("-")) {
            return argument;
        }
        boolean literal =
                VirtualPath.resolve(state.cwd(), argument)
                        .filter(path -> exists(path, state.storage()))
                        .isPresent();
        return literal ? argument : ListArgument.withoutOptions(argument);
    }

    private static boolean exists(VirtualPath path, Storage storage) {
        try {
            storage.stat(path);
            return true;
        } catch (StorageException notThere) {
            return false;
        }
    }

    /// Everything that a data transfer asks for, in the order of its refusals: policy, a data
    /// connection, the store.
    private Outcome move(String argument, Member state, Opening opening) {
        Member after = state.with(state.settings().withoutRange());
        Verdict verdict =
                services.setup().policy().decide(new Request.Transfer(), state.link().protection());
        return switch (verdict) {
            case Verdict.Refused(Reply reply) -> say(reply, after);
            case Verdict.Allowed() ->
                    state.offer()
                            .map(offer -> opened(argument, after, offer, opening))
                            .orElseGet(() -> say(Reply.NO_DATA_CONNECTION, after));
        };
    }

    private Outcome opened(String argument, Member state, DataOffer offer, Opening opening) {
        Member spent = state.withoutOffer();
        return store.at(
                argument,
                spent,
                path -> new Outcome.Moved(opening.open(path), offer, path.toString(), spent));
    }
}
