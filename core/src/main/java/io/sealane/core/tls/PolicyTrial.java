package io.sealane.core.tls;

import io.sealane.core.event.Event;
import io.sealane.core.event.EventSink;
import io.sealane.core.tls.PolicyResolution.Layer;
import io.sealane.core.tls.PolicyResolution.Overridable;
import io.sealane.core.wire.Reply;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// A stricter policy that is tried on one session: nothing is refused, and what would have been is
/// noted, once for each rule. Safe from any thread.
public final class PolicyTrial {
    private final TlsDemands tried;
    private final String session;
    private final String listener;
    private final EventSink events;
    private final Set<PolicyRule> noted = ConcurrentHashMap.newKeySet();

    /// @param tried what is demanded beyond what is enforced; [TlsDemands#NONE] tries nothing
    public PolicyTrial(TlsDemands tried, String session, String listener, EventSink events) {
        this.tried = tried;
        this.session = session;
        this.listener = listener;
        this.events = events;
    }

    /// What would hold if the policy that is tried were enforced too. What it has that is looser
    /// than `enforced` makes no difference.
    public TlsPolicy on(TlsPolicy enforced) {
        return tried.isNone()
                ? enforced
                : PolicyResolution.resolve(
                                enforced,
                                "what is enforced",
                                Overridable.NO,
                                List.of(new Layer("observe", tried)))
                        .policy();
    }

    /// Notes that something would have been refused.
    ///
    /// @param user `-` before a login
    public void wouldRefuse(PolicyRule rule, String user, Reply reply) {
        if (noted.add(rule)) {
            events.accept(
                    new Event.PolicyWouldRefuse(
                            session, listener, user, rule.word(), reply.toString()));
        }
    }
}
