package io.sealane.core.command;

import static io.sealane.core.session.Outcome.say;

import io.sealane.core.data.DataOffer;
import io.sealane.core.session.Outcome;
import io.sealane.core.session.SessionState.Member;
import io.sealane.core.tls.EffectivePolicy;
import io.sealane.core.tls.Protection;
import io.sealane.core.tls.TlsPolicy.Request;
import io.sealane.core.transfer.Coding;
import io.sealane.core.transfer.Representation;
import io.sealane.core.transfer.TransferPlan;
import io.sealane.core.wire.Reply;
import io.sealane.vfs.StorageException;
import io.sealane.vfs.VirtualPath;
import java.util.Optional;

/// What every command that needs a data connection asks for, in the order of its refusals: policy,
/// what MODE and TYPE allow, a data connection, the store. So what can be refused is refused before
/// anything is opened.
final class TransferGate {
    /// Opens what a transfer moves.
    @FunctionalInterface
    interface Opening {
        TransferPlan open(VirtualPath path) throws StorageException;
    }

    private final Services services;
    private final StoreAccess store;
    private final TlsGate tls;

    TransferGate(Services services) {
        this.services = services;
        this.store = new StoreAccess(services);
        this.tls = new TlsGate(services);
    }

    /// Moves what `opening` finds at the path that `text` names, seen from the current directory.
    Outcome move(String text, Member state, Opening opening) {
        Member after = state.with(state.settings().withoutRange());
        EffectivePolicy policy = tls.policy(state, text);
        return refusal(policy, state)
                .map(reply -> say(reply, after))
                .or(() -> state.offer().map(offer -> opened(text, after, offer, policy, opening)))
                .orElseGet(() -> say(Reply.NO_DATA_CONNECTION, after));
    }

    /// What TYPE says, as the server is set up to take it.
    Representation representation(Member state) {
        return services.transfers().representation(state.settings().representation());
    }

    /// What MODE and its options say.
    Coding coding(Member state) {
        return state.settings().transmission().coding(services.transfers().compression());
    }

    private Optional<Reply> refusal(EffectivePolicy policy, Member state) {
        Protection protection = state.link().protection();
        return TlsGate.refusal(tls.decide(new Request.Transfer(), policy, state))
                .or(() ->
                        switch (state.settings().transmission().mode()) {
                            case STREAM -> Optional.empty();
                            case DEFLATE ->
                                    TlsGate.refusal(
                                            services.transfers()
                                                    .compression()
                                                    .decide(policy.enforced(), protection));
                        })
                .or(() -> refusalOfOffset(state));
    }

    /// Interop: with TYPE A some clients count the octets of their own file, with LF, and some
    /// those that travelled, with CRLF. Either would be right for some and mix up the files of the
    /// others.
    private Optional<Reply> refusalOfOffset(Member state) {
        if (state.settings().range().start() == 0) {
            return Optional.empty();
        }
        return switch (representation(state)) {
            case ASCII -> Optional.of(Reply.OFFSET_IN_ASCII);
            case IMAGE -> Optional.empty();
        };
    }

    private Outcome opened(
            String text, Member state, DataOffer offer, EffectivePolicy policy, Opening opening) {
        Member spent = state.withoutOffer();
        return store.at(
                text,
                spent,
                path -> {
                    TransferPlan plan = opening.open(path);
                    return new Outcome.Moved(
                            plan, offer, path.toString(), policy, after(plan, path, spent));
                });
    }

    private static Member after(TransferPlan plan, VirtualPath path, Member state) {
        return switch (plan) {
            case TransferPlan.Receive receive -> state.with(state.settings().withLastUpload(path));
            case TransferPlan.Send send -> state;
            case TransferPlan.SendLines lines -> state;
        };
    }
}
