package io.sealane.server;

import io.sealane.config.ClientCertificate;
import io.sealane.config.ClientCertificatesConfig;
import io.sealane.core.tls.CertificateLogin;
import io.sealane.core.tls.CertificateNames;
import io.sealane.core.tls.ClientCertificates;
import io.sealane.core.tls.ClientCertificates.Presence;
import io.sealane.server.certificate.CertificateFault;
import io.sealane.server.certificate.ClientTrustFiles;
import java.time.InstantSource;

/// What listeners do about certificates of clients, at each new session anew.
record AskedClients(ClientTrustFiles trust, CertificateLogin login) {
    static AskedClients of(
            ClientCertificatesConfig config, InstantSource clock, ClientTrustFiles.Notes notes)
            throws CertificateFault {
        return new AskedClients(
                ClientTrustFiles.open(config.trust(), config.crl(), clock, notes),
                new CertificateLogin(
                        switch (config.user()) {
                            case NONE -> CertificateNames.NONE;
                            case SUBJECT_CN -> CertificateNames.SUBJECT_CN;
                            case SAN_EMAIL -> CertificateNames.SAN_EMAIL;
                            case SAN_DNS -> CertificateNames.SAN_DNS;
                        },
                        switch (config.password()) {
                            case REQUIRED -> CertificateLogin.Password.REQUIRED;
                            case NOT_NEEDED -> CertificateLogin.Password.NOT_NEEDED;
                        }));
    }

    /// May block: the files may have changed.
    ClientCertificates now(ClientCertificate listener) {
        return switch (listener) {
            case NONE -> ClientCertificates.NONE;
            case OPTIONAL -> asking(Presence.OPTIONAL);
            case REQUIRED -> asking(Presence.REQUIRED);
        };
    }

    private ClientCertificates asking(Presence presence) {
        return new ClientCertificates.AskedFor(presence, trust.current(), login);
    }
}
