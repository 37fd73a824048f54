package io.sealane.core.command;

import io.sealane.core.session.ControlSession;
import io.sealane.core.session.SessionState;
import io.sealane.core.session.SessionState.Member;
import io.sealane.core.session.SessionState.Visitor;
import io.sealane.core.tls.PolicyResolution;
import io.sealane.core.tls.PolicyResolution.Layer;
import io.sealane.core.tls.Protection;
import io.sealane.core.tls.TlsPolicy;
import io.sealane.core.tls.TlsPolicy.Request;
import io.sealane.core.tls.TlsPolicy.Verdict;
import io.sealane.core.wire.Reply;
import io.sealane.vfs.VirtualPath;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What TLS policy says to the commands of one session: that of its listener, of its host, of the
/// account that is logged in, and of the mount that a path leads into. What only a policy that is
/// tried would refuse is noted and allowed. Belongs to the session's thread.
final class TlsGate {
    private final Services services;

    TlsGate(Services services) {
        this.services = services;
    }

    /// Whether `request` is allowed, paths aside.
    Verdict decide(Request request, SessionState state) {
        return decide(request, policy(state), state);
    }

    /// Why `path` may not be touched, if a mount says so. What all others demand was fulfilled at
    /// the login.
    Optional<Reply> refusal(Member state, VirtualPath path) {
        return atPath(state, path).isEmpty()
                ? Optional.empty()
                : refusal(decide(new Request.Touch(), policy(state, path), state));
    }

    /// Whether somebody who calls himself `name` may try to log in.
    ///
    /// @param demands what that account demands, as far as may be told before the password
    Verdict decideLogin(Visitor visitor, String name, List<Layer> demands) {
        List<Layer> all = new ArrayList<>(services.host(visitor).demands());
        all.addAll(demands);
        return decide(new Request.Login(), resolved(all), visitor, name);
    }

    /// What holds for a session, paths aside.
    TlsPolicy policy(SessionState state) {
        return switch (state) {
            case Visitor visitor -> resolved(services.host(visitor).demands());
            case Member member -> resolved(member.demands());
        };
    }

    /// What holds for a session at `path`.
    TlsPolicy policy(Member state, VirtualPath path) {
        List<Layer> atPath = atPath(state, path);
        if (atPath.isEmpty()) {
            return policy(state);
        }
        List<Layer> all = new ArrayList<>(state.demands());
        all.addAll(atPath);
        return resolved(all);
    }

    /// What holds for a session at the path that `text` names, seen from the current directory.
    TlsPolicy policy(Member state, String text) {
        return VirtualPath.resolve(state.cwd(), text)
                .map(path -> policy(state, path))
                .orElseGet(() -> policy(state));
    }

    /// Whether what walks a tree on the control connection may go on into `directory`. Nothing is
    /// noted: whoever names that very directory is noted then.
    boolean opens(Member state, VirtualPath directory) {
        return atPath(state, directory).isEmpty()
                || allows(new Request.Touch(), policy(state, directory), state);
    }

    /// Whether a listing may go on into `directory`, by the data connection that `top` demands,
    /// which is what holds where the listing began: that is looked at once.
    boolean opens(Member state, VirtualPath directory, TlsPolicy top) {
        if (atPath(state, directory).isEmpty()) {
            return true;
        }
        TlsPolicy policy = policy(state, directory);
        return allows(new Request.Touch(), policy, state)
                && allows(new Request.Transfer(), policy, state)
                && policy.isMetByDataOf(top);
    }

    private static boolean allows(Request request, TlsPolicy policy, Member state) {
        return policy.decide(request, state.link().protection()) instanceof Verdict.Allowed;
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

    private TlsPolicy resolved(List<Layer> special) {
        ControlSession.Setup setup = setup();
        return special.isEmpty()
                ? setup.policy()
                : PolicyResolution.resolve(
                                setup.policy(),
                                setup.listener(),
                                setup.policyOptions().overridable(),
                                special)
                        .policy();
    }

    /// Whether `policy`, which is what holds at some path, allows `request`.
    Verdict decide(Request request, TlsPolicy policy, SessionState state) {
        return decide(request, policy, state, state.user().orElse("-"));
    }

    private Verdict decide(Request request, TlsPolicy policy, SessionState state, String user) {
        Protection now = state.link().protection();
        Verdict verdict = policy.decide(request, now);
        if (verdict instanceof Verdict.Allowed) {
            setup().trial()
                    .on(policy)
                    .refusals(request, now)
                    .forEach(refusal ->
                            setup().trial().wouldRefuse(refusal.rule(), user, refusal.reply()));
        }
        return verdict;
    }

    private ControlSession.Setup setup() {
        return services.setup();
    }
}
