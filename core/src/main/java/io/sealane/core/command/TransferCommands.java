package io.sealane.core.command;

import static io.sealane.core.session.Outcome.say;

import io.sealane.core.session.Outcome;
import io.sealane.core.session.SessionState.Member;
import io.sealane.core.transfer.RangeReader;
import io.sealane.core.transfer.Representation;
import io.sealane.core.transfer.TransferPlan;
import io.sealane.core.transfer.Transmission;
import io.sealane.core.wire.Blanks;
import io.sealane.core.wire.CommandLine;
import io.sealane.core.wire.OctetRange;
import io.sealane.core.wire.Reply;
import io.sealane.vfs.Placement;
import io.sealane.vfs.StorageException;
import io.sealane.vfs.StorageException.Reason;
import io.sealane.vfs.Upload;
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
        if (range.isBounded()) {
            return retrRange(command, state, range);
        }
        return gate.move(
                command.argument(),
                state,
                path -> {
                    TransferPlan.Send plan =
                            TransferPlan.Send.of(
                                    state.storage().openForRead(path),
                                    range.start(),
                                    gate.representation(state),
                                    gate.coding(state));
                    if (range.start() > plan.size()) {
                        plan.close();
                        throw new StorageException(Reason.BAD_OFFSET, "REST " + range.start());
                    }
                    return plan;
                });
    }

    /// RETR after RANG. What of the range is behind the end of the file is not sent, without an
    /// error (draft-bryan-ftp-range-08 section 4.3).
    private Outcome retrRange(CommandLine command, Member state, OctetRange range) {
        if (state.settings().transmission().mode() != Transmission.Mode.STREAM) {
            return say(Reply.RANGE_NEEDS_STREAM, state.with(state.settings().withoutRange()));
        }
        return switch (gate.representation(state)) {
            case ASCII -> say(Reply.RANGE_NEEDS_IMAGE, state.with(state.settings().withoutRange()));
            case IMAGE ->
                    gate.move(
                            command.argument(),
                            state,
                            path ->
                                    TransferPlan.Send.of(
                                            new RangeReader(
                                                    state.storage().openForRead(path), range.end()),
                                            range.start(),
                                            Representation.IMAGE,
                                            gate.coding(state)));
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
        OctetRange range = state.settings().range();
        if (range.isBounded()) {
            return say(Reply.RANGE_NOT_STORED, state.with(state.settings().withoutRange()));
        }
        if (range.start() > 0) {
            return say(Reply.RESTART_WITHOUT_FILE, state.with(state.settings().withoutRange()));
        }
        String wish = Blanks.only(command.argument()) ? "upload" : command.argument();
        String suffix = String.format(Locale.ROOT, ".%010x", services.random().nextLong(1L << 40));
        return receive(wish + suffix, state, new Placement.Replace());
    }

    /// APPE goes on where the file, or the kept partial, ends. Interop: clients that send REST
    /// before it mean that place, or would mix up their file.
    Outcome appe(CommandLine command, Member state) {
        OctetRange range = state.settings().range();
        if (range.isBounded()) {
            return say(Reply.RANGE_NOT_STORED, state.with(state.settings().withoutRange()));
        }
        return gate.move(
                command.argument(),
                state,
                path -> {
                    Upload upload = StoreAccess.openForWrite(path, new Placement.Append(), state);
                    if (range.start() > 0 && upload.position() != range.start()) {
                        upload.close();
                        throw new StorageException(
                                Reason.BAD_OFFSET, "APPE, REST " + range.start());
                    }
                    return receiving(upload, state);
                });
    }

    private Outcome receive(String argument, Member state, Placement placement) {
        return gate.move(
                argument,
                state,
                path -> receiving(StoreAccess.openForWrite(path, placement, state), state));
    }

    private TransferPlan receiving(Upload upload, Member state) {
        return new TransferPlan.Receive(
                upload,
                gate.representation(state),
                gate.coding(state),
                state.settings().announced());
    }
}
