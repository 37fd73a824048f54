package io.sealane.core.command;

import static io.sealane.core.session.Outcome.say;

import io.sealane.core.session.Outcome;
import io.sealane.core.session.SessionState.Member;
import io.sealane.core.transfer.RangeReader;
import io.sealane.core.transfer.Representation;
import io.sealane.core.transfer.TransferPlan;
import io.sealane.core.wire.CommandLine;
import io.sealane.core.wire.OctetRange;
import io.sealane.core.wire.Reply;
import io.sealane.vfs.FileReader;
import io.sealane.vfs.Placement;
import io.sealane.vfs.StorageException;
import io.sealane.vfs.StorageException.Reason;
import java.util.Locale;

/// RETR, STOR, STOU, APPE (RFC 959 section 4.1.3).
final class TransferCommands {
    private final Services services;
    private final TransferGate gate;

    TransferCommands(Services services) {
        this.services = services;
        this.gate = new TransferGate(services);
    }

    Outcome retr(CommandLine command, Member state) {
        OctetRange range = state.settings().range();
        Representation type = state.settings().representation();
        if (range.isBounded()) {
            return retrRange(command, state, range);
        }
        return gate.move(
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
                    gate.move(
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
        return gate.move(
                argument,
                state,
                path ->
                        new TransferPlan.Receive(
                                StoreAccess.openForWrite(path, placement, state), type));
    }
}
