package io.sealane.core.tls;

/// What a listener does about certificates of clients.
public sealed interface ClientCertificates {
    ClientCertificates NONE = new NotAskedFor();

    /// Nobody is asked for one.
    record NotAskedFor() implements ClientCertificates {}

    /// Clients are asked for one, on their control connections. One that is shown and not good ends
    /// the handshake, whether or not it was required.
    record AskedFor(Presence presence, ClientTrust trust, CertificateLogin login)
            implements ClientCertificates {}

    enum Presence {
        /// Who has none goes on without.
        OPTIONAL,
        REQUIRED
    }
}
