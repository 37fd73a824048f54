package io.sealane.core.tls;

import io.sealane.core.event.Event;
import io.sealane.core.event.EventSink;
import io.sealane.core.wire.Reply;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// What a policy that is tried would refuse in one session: noted, once for each rule and user, and
/// nothing is refused. Safe from any thread.
public final class PolicyTrial {
    /// Most that is noted of one session: a client may try any number of names.
    private static final int NOTED_MAX = 100;

    private record Noted(PolicyRule rule, String user) {}

    private final String session;
    private final String listener;
    private final EventSink events;
    private final Set<Noted> noted = ConcurrentHashMap.newKeySet();

    public PolicyTrial(String session, String listener, EventSink events) {
        this.session = session;
        this.listener = listener;
        this.events = events;
    }

    /// Notes that something would have been refused.
    ///
    /// @param user `-` before a login
    public void wouldRefuse(PolicyRule rule, String user, Reply reply) {
        if (noted.size() < NOTED_MAX && noted.add(new Noted(rule, user))) {
            events.accept(
                    new Event.PolicyWouldRefuse(
                            session, listener, user, rule.word(), reply.toString()));
        }
    }
}
