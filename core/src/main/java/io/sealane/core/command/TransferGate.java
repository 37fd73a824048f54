package io.sealane.core.command;

import static io.sealane.core.session.Outcome.say;

import io.sealane.core.data.DataOffer;
import io.sealane.core.session.Outcome;
import io.sealane.core.session.SessionState.Member;
import io.sealane.core.tls.TlsPolicy.Request;
import io.sealane.core.tls.TlsPolicy.Verdict;
import io.sealane.core.transfer.TransferPlan;
import io.sealane.core.wire.Reply;
import io.sealane.vfs.StorageException;
import io.sealane.vfs.VirtualPath;

/// What every command that needs a data connection asks for, in the order of its refusals: policy,
/// a data connection, the store. So what can be refused is refused before anything is opened.
final class TransferGate {
    /// Opens what a transfer moves.
    @FunctionalInterface
    interface Opening {
        TransferPlan open(VirtualPath path) throws StorageException;
    }

    private final Services services;
    private final StoreAccess store;

    TransferGate(Services services) {
        this.services = services;
        this.store = new StoreAccess(services);
    }

    /// Moves what `opening` finds at the path that `text` names, seen from the current directory.
    Outcome move(String text, Member state, Opening opening) {
        Member after = state.with(state.settings().withoutRange());
        Verdict verdict =
                services.setup().policy().decide(new Request.Transfer(), state.link().protection());
        return switch (verdict) {
            case Verdict.Refused(Reply reply) -> say(reply, after);
            case Verdict.Allowed() ->
                    state.offer()
                            .map(offer -> opened(text, after, offer, opening))
                            .orElseGet(() -> say(Reply.NO_DATA_CONNECTION, after));
        };
    }

    private Outcome opened(String text, Member state, DataOffer offer, Opening opening) {
        Member spent = state.withoutOffer();
        return store.at(
                text,
                spent,
                path -> new Outcome.Moved(opening.open(path), offer, path.toString(), spent));
    }
}
