package io.sealane.core.data;

/// Whose connection a passive port takes for its client's. An IPv4-mapped IPv6 address is the IPv4
/// address.
public enum PeerCheck {
    /// That of the control connection's address alone.
    SAME_ADDRESS,
    /// That of any address in its network: the first 24 bits of IPv4, the first 64 of IPv6.
    SAME_NETWORK,
    /// Any, but from elsewhere only one that resumes the control connection's TLS session.
    ANY_IF_RESUMED
}
