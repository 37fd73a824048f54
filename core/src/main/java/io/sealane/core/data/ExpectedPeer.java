package io.sealane.core.data;

import java.net.InetAddress;

/// Who may take one passive offer.
///
/// @param network where its client is
/// @param elsewhere what becomes of those who come from elsewhere
/// @param others who is as welcome as the client
record ExpectedPeer(PeerNetwork network, Elsewhere elsewhere, OtherServers others) {
    enum Elsewhere {
        REFUSED,
        TAKEN_IF_RESUMED
    }

    enum Verdict {
        WELCOME,
        /// Welcome once its TLS handshake resumed the control connection's session.
        MUST_PROVE,
        FOREIGN
    }

    static ExpectedPeer of(InetAddress client, PeerCheck check, OtherServers others) {
        return switch (check) {
            case SAME_ADDRESS ->
                    new ExpectedPeer(
                            PeerNetwork.of(client, PeerNetwork.Extent.ADDRESS),
                            Elsewhere.REFUSED,
                            others);
            case SAME_NETWORK ->
                    new ExpectedPeer(
                            PeerNetwork.of(client, PeerNetwork.Extent.NETWORK),
                            Elsewhere.REFUSED,
                            others);
            case ANY_IF_RESUMED ->
                    new ExpectedPeer(
                            PeerNetwork.of(client, PeerNetwork.Extent.ADDRESS),
                            Elsewhere.TAKEN_IF_RESUMED,
                            others);
        };
    }

    Verdict verdict(InetAddress from) {
        if (network.contains(from) || others.include(from)) {
            return Verdict.WELCOME;
        }
        return switch (elsewhere) {
            case REFUSED -> Verdict.FOREIGN;
            case TAKEN_IF_RESUMED -> Verdict.MUST_PROVE;
        };
    }

    /// Whether a peer's address alone tells whose connection it is, so that a port can serve others
    /// beside this offer.
    boolean mayShare() {
        return elsewhere == Elsewhere.REFUSED && others instanceof OtherServers.None;
    }
}
