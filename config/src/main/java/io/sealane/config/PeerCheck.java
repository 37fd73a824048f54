package io.sealane.config;

/// Whose connection a passive port takes for its client's.
public enum PeerCheck implements ConfigWord {
    /// The control connection's address alone.
    SAME_ADDRESS,
    /// Its network: a /24 of IPv4, a /64 of IPv6.
    SAME_NETWORK,
    /// Any address, if it resumes the control connection's TLS session.
    ANY_IF_RESUMED
}
