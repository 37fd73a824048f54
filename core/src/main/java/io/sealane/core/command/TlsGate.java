package io.sealane.core.command;

import io.sealane.core.session.SessionSetup;
import io.sealane.core.session.SessionState;
import io.sealane.core.session.SessionState.Member;
import io.sealane.core.session.SessionState.Visitor;
import io.sealane.core.tls.EffectivePolicy;
import io.sealane.core.tls.PolicyResolution.Layer;
import io.sealane.core.tls.Protection;
import io.sealane.core.tls.TlsPolicy;
import io.sealane.core.tls.TlsPolicy.Refusal;
import io.sealane.core.tls.TlsPolicy.Request;
import io.sealane.core.tls.TlsPolicy.Verdict;
import io.sealane.core.wire.Reply;
import io.sealane.vfs.VirtualPath;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What TLS policy says to the commands of one session: that of its listener, of its host, of the
/// account that is logged in, and of the mount that a path leads into. What only a policy that is
/// tried would refuse is noted and allowed. Belongs to whoever has the session's turn.
final class TlsGate {
    private final Services services;

    TlsGate(Services services) {
        this.services = services;
    }

    /// Whether `request` is allowed, paths aside.
    Verdict decide(Request request, SessionState state) {
        return decide(request, policy(state), state);
    }

    /// Why `path` may not be touched, if a mount says so.
    Optional<Reply> refusal(Member state, VirtualPath path) {
        List<Layer> atPath = atPath(state, path);
        if (atPath.isEmpty()) {
            return Optional.empty();
        }
        EffectivePolicy policy = policy(state, atPath);
        List<Refusal> refusals = refusals(policy.enforced(), atPath, state);
        if (refusals.isEmpty()) {
            note(refusals(policy.observed(), atPath, state), state.account().name().text());
        }
        return refusals.stream().findFirst().map(Refusal::reply);
    }

    /// What a mount itself demands of a touch. What others demand of the control connection was
    /// fulfilled at the login, and CCC may have been let out of it since.
    private static List<Refusal> refusals(TlsPolicy policy, List<Layer> atPath, Member state) {
        return policy.refusals(new Request.Touch(), state.link().protection()).stream()
                .filter(refusal ->
                        atPath.stream()
                                .anyMatch(layer ->
                                        layer.demands().isSourceOf(policy, refusal.rule())))
                .toList();
    }

    /// Whether somebody who calls himself `name` may try to log in.
    ///
    /// @param demands what that account demands, as far as may be told before the password
    Verdict decideLogin(Visitor visitor, String name, List<Layer> demands) {
        List<Layer> all = new ArrayList<>(services.host(visitor).demands());
        all.addAll(demands);
        return decide(new Request.Login(), resolved(all), visitor, name);
    }

    /// Whether somebody cannot try to log in, which nothing is noted of.
    boolean refusesLogin(Visitor visitor, List<Layer> demands) {
        List<Layer> all = new ArrayList<>(services.host(visitor).demands());
        all.addAll(demands);
        Protection now = visitor.link().protection();
        return !resolved(all).enforced().refusals(new Request.Login(), now).isEmpty();
    }

    /// What holds for a session, paths aside.
    EffectivePolicy policy(SessionState state) {
        return switch (state) {
            case Visitor visitor -> resolved(services.host(visitor).demands());
            case Member member -> resolved(member.demands());
        };
    }

    /// What holds for a session at `path`.
    EffectivePolicy policy(Member state, VirtualPath path) {
        return policy(state, atPath(state, path));
    }

    private EffectivePolicy policy(Member state, List<Layer> atPath) {
        if (atPath.isEmpty()) {
            return policy(state);
        }
        List<Layer> all = new ArrayList<>(state.demands());
        all.addAll(atPath);
        return resolved(all);
    }

    /// What holds for a session at the path that `text` names, seen from the current directory.
    EffectivePolicy policy(Member state, String text) {
        return VirtualPath.resolve(state.cwd(), text)
                .map(path -> policy(state, path))
                .orElseGet(() -> policy(state));
    }

    /// Whether what walks a tree on the control connection may go on into `directory`. Nothing is
    /// noted: whoever names that very directory is noted then.
    boolean opens(Member state, VirtualPath directory) {
        List<Layer> atPath = atPath(state, directory);
        return atPath.isEmpty()
                || refusals(policy(state, atPath).enforced(), atPath, state).isEmpty();
    }

    /// Whether a listing may go on into `directory`, by the data connection that `top` demands,
    /// which is what holds where the listing began: that is looked at once.
    boolean opens(Member state, VirtualPath directory, TlsPolicy top) {
        if (atPath(state, directory).isEmpty()) {
            return true;
        }
        TlsPolicy policy = policy(state, directory).enforced();
        return opens(state, directory)
                && policy.refusals(new Request.Transfer(), state.link().protection()).isEmpty()
                && policy.isMetByDataOf(top);
    }

    /// Whether the control connection may show what lies in `directory`. Where a mount demands that
    /// data are protected, its TLS does as well as a data connection's.
    boolean opensOnControl(Member state, VirtualPath directory) {
        if (atPath(state, directory).isEmpty()) {
            return true;
        }
        Protection now = state.link().protection();
        return opens(state, directory)
                && (now.controlByTls()
                        || policy(state, directory)
                                .enforced()
                                .refusals(new Request.Transfer(), now)
                                .isEmpty());
    }

    /// The refusal, if it is one.
    static Optional<Reply> refusal(Verdict verdict) {
        return switch (verdict) {
            case Verdict.Refused(Reply reply) -> Optional.of(reply);
            case Verdict.Allowed() -> Optional.empty();
        };
    }

    private List<Layer> atPath(Member state, VirtualPath path) {
        return services.host(state).storage().demands(state.account(), path);
    }

    private EffectivePolicy resolved(List<Layer> special) {
        SessionSetup setup = setup();
        return EffectivePolicy.resolve(
                setup.policy(), setup.listener(), setup.policyOptions(), special);
    }

    /// Whether `policy`, which is what holds at some path, allows `request`.
    Verdict decide(Request request, EffectivePolicy policy, SessionState state) {
        return decide(request, policy, state, state.user().orElse("-"));
    }

    private Verdict decide(
            Request request, EffectivePolicy policy, SessionState state, String user) {
        Protection now = state.link().protection();
        Verdict verdict = policy.enforced().decide(request, now);
        if (verdict instanceof Verdict.Allowed) {
            note(policy.observed().refusals(request, now), user);
        }
        return verdict;
    }

    private void note(List<Refusal> refusals, String user) {
        refusals.forEach(
                refusal -> setup().trial().wouldRefuse(refusal.rule(), user, refusal.reply()));
    }

    private SessionSetup setup() {
        return services.setup();
    }
}
