package io.sealane.core.command;

import static io.sealane.core.session.Outcome.say;

import io.sealane.core.checksum.Checksums;
import io.sealane.core.checksum.Checksums.RangeRule;
import io.sealane.core.checksum.Checksums.Result.Computed;
import io.sealane.core.checksum.HashAlgorithm;
import io.sealane.core.session.Outcome;
import io.sealane.core.session.SessionState.Member;
import io.sealane.core.wire.ChecksumArgument;
import io.sealane.core.wire.CommandLine;
import io.sealane.core.wire.OctetRange;
import io.sealane.core.wire.QuotedPaths;
import io.sealane.core.wire.Reply;
import io.sealane.core.work.AbortedException;
import io.sealane.core.work.WorkProgress;
import io.sealane.vfs.StorageException;
import io.sealane.vfs.VirtualPath;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// HASH (expired draft-bryan-ftpext-hash-02), MD5 and MMD5 (expired draft-twine-ftpmd5-00), and
/// XCRC, XMD5, XSHA, XSHA1, XSHA256 and XSHA512, which were never specified. All of them sum up the
/// octets of the store, as TYPE I moves them.
final class ChecksumCommands {
    /// Most files in one MMD5. The draft sets no limit; their answer is one line of the control
    /// connection.
    private static final int MMD5_PATHS_MAX = 64;

    private final Services services;
    private final StoreAccess store;

    ChecksumCommands(Services services) {
        this.services = services;
        this.store = new StoreAccess(services);
    }

    /// HASH sums up what RANG or REST selected, as far as it is there: its answer says so.
    Outcome hash(CommandLine command, Member before) {
        OctetRange range = before.settings().range();
        HashAlgorithm algorithm = before.settings().hashAlgorithm();
        Member state = before.with(before.settings().withoutRange());
        String text = chosen(ChecksumArgument.ofPath(command.argument()), state).path();
        return store.at(
                text,
                state,
                path -> {
                    Checksums.Request request =
                            whole(path, algorithm, state).of(range, RangeRule.CUT_TO_FILE);
                    return store.work(
                            state,
                            path.toString(),
                            progress ->
                                    state.storage().stat(path).isDirectory()
                                            ? Reply.HASH_OF_FILES_ALONE
                                            : answer(
                                                    request,
                                                    progress,
                                                    sum ->
                                                            Reply.hash(
                                                                    algorithm.label(),
                                                                    sum.range(),
                                                                    sum.hexadecimal(),
                                                                    text)));
                });
    }

    /// XCRC and its kin.
    Outcome sum(HashAlgorithm algorithm, CommandLine command, Member state) {
        ChecksumArgument argument =
                chosen(ChecksumArgument.ofPathAndRange(command.argument()), state);
        if (argument.range().isEmpty()) {
            return say(Reply.CHECKSUM_SYNTAX, state);
        }
        OctetRange range = argument.range().get();
        return store.at(
                argument.path(),
                state,
                path -> {
                    Checksums.Request request =
                            whole(path, algorithm, state).of(range, RangeRule.EXACT);
                    return store.work(
                            state,
                            path.toString(),
                            progress ->
                                    answer(
                                            request,
                                            progress,
                                            sum -> Reply.checksum(sum.hexadecimal())));
                });
    }

    private Reply answer(
            Checksums.Request request, WorkProgress progress, Function<Computed, Reply> reply)
            throws StorageException, AbortedException {
        return switch (services.checksums().compute(request, progress)) {
            case Checksums.Result.Busy() -> Reply.CHECKSUMS_BUSY;
            case Computed computed -> reply.apply(computed);
        };
    }

    Outcome md5(CommandLine command, Member state) {
        String text = chosen(ChecksumArgument.ofPath(command.argument()), state).path();
        return md5(251, List.of(text), state);
    }

    /// MMD5 answers for all of its files or for none.
    Outcome mmd5(CommandLine command, Member state) {
        return QuotedPaths.partedByCommas(command.argument())
                .filter(paths -> paths.size() <= MMD5_PATHS_MAX)
                .map(paths -> md5(252, paths, state))
                .orElseGet(() -> say(Reply.CHECKSUM_PATHS_SYNTAX, state));
    }

    private Outcome md5(int code, List<String> texts, Member state) {
        return store.atAll(
                texts,
                state,
                paths ->
                        store.work(
                                state,
                                String.join(", ", texts),
                                progress -> md5(code, texts, paths, state, progress)));
    }

    private Reply md5(
            int code,
            List<String> texts,
            List<VirtualPath> paths,
            Member state,
            WorkProgress progress)
            throws StorageException, AbortedException {
        Map<String, String> digitsByText = new LinkedHashMap<>();
        for (int number = 0; number < paths.size(); number++) {
            Checksums.Request request = whole(paths.get(number), HashAlgorithm.MD5, state);
            switch (services.checksums().compute(request, progress)) {
                case Checksums.Result.Busy() -> {
                    return Reply.CHECKSUMS_BUSY;
                }
                case Computed sum -> digitsByText.put(texts.get(number), sum.hexadecimal());
            }
        }
        return Reply.md5(code, digitsByText);
    }

    private Checksums.Request whole(VirtualPath path, HashAlgorithm algorithm, Member state) {
        String owner = services.host(state).name() + " " + state.account().name();
        return Checksums.Request.whole(owner, state.storage(), path, algorithm);
    }

    /// The first reading that leads to something; the last one if none does, for its refusal.
    private ChecksumArgument chosen(List<ChecksumArgument> readings, Member state) {
        return readings.stream()
                .filter(reading -> store.isThere(reading.path(), state))
                .findFirst()
                .orElseGet(readings::getLast);
    }
}
