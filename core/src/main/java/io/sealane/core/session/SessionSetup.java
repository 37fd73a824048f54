package io.sealane.core.session;

import io.sealane.core.event.Event;
import io.sealane.core.event.EventSink;
import io.sealane.core.limit.Admittance;
import io.sealane.core.limit.BufferPool;
import io.sealane.core.limit.Limits;
import io.sealane.core.limit.SessionPermits;
import io.sealane.core.limit.Watchdog;
import io.sealane.core.tls.PolicyOptions;
import io.sealane.core.tls.PolicyTrial;
import io.sealane.core.tls.SessionTls;
import io.sealane.core.tls.TlsPolicy;
import io.sealane.core.tls.TlsSource;
import io.sealane.core.wire.ClientHello;
import io.sealane.core.wire.NameCharsets;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.Optional;

/// What a session is made of.
///
/// @param id unique within the process, for logs and thread names
/// @param opening how the conversation begins
/// @param sniffed octets that were read to find that out
/// @param trial of the policy that is tried on this session
/// @param admittance who may log in
/// @param permit its place among the sessions, given back when it ends
/// @param siblings other sessions of its user
/// @param names character sets of this client
public record SessionSetup(
        String id,
        String listener,
        SocketChannel channel,
        Event.Opening opening,
        ByteBuffer sniffed,
        TlsPolicy policy,
        PolicyOptions policyOptions,
        PolicyTrial trial,
        TlsSource tls,
        Admittance admittance,
        Limits limits,
        Watchdog watchdog,
        BufferPool buffers,
        EventSink events,
        SessionPermits.Permit permit,
        Siblings siblings,
        NameCharsets names,
        String product) {
    /// The sessions of one user, from one address, by one listener.
    @FunctionalInterface
    public interface Siblings {
        /// TLS of the one among those of session `id` that established what `hello` offers.
        Optional<SessionTls> knowing(String id, ClientHello hello);
    }
}
