package io.sealane.core.session;

import io.sealane.core.tls.TlsVersion;
import io.sealane.core.wire.Reply;
import java.util.HashMap;
import java.util.Map;

/// Reason codes of refused commands: of those by which a session does not come to what it is for,
/// so that one look into the log finds why.
final class RefusalCode {
    private static final String NONE = "-";

    private static final Map<Reply, String> CODES = codes();

    private RefusalCode() {}

    /// @return `-` if the refusal has none
    static String of(Reply reply) {
        return CODES.getOrDefault(reply, NONE);
    }

    private static Map<Reply, String> codes() {
        Map<Reply, String> codes = new HashMap<>();
        codes.put(Reply.TLS_REQUIRED_FOR_LOGIN, "tls-required");
        codes.put(Reply.TLS_REQUIRED_ON_ANOTHER_PORT, "tls-required");
        codes.put(Reply.TLS_REQUIRED_HERE, "tls-required");
        codes.put(Reply.CLIENT_CERTIFICATE_FOR_LOGIN, "client-certificate-required");
        codes.put(Reply.CLIENT_CERTIFICATE_HERE, "client-certificate-required");
        for (TlsVersion least : TlsVersion.values()) {
            codes.put(Reply.tlsVersionForLogin(least.number()), "tls-version");
            codes.put(Reply.tlsVersionHere(least.number()), "tls-version");
        }
        codes.put(Reply.PROT_REFUSED_FOR_DATA, "data-must-be-protected");
        codes.put(Reply.PROTECTED_DATA_ON_ANOTHER_PORT, "data-must-be-protected");
        codes.put(Reply.PROT_MUST_BE_PRIVATE, "data-must-be-protected");
        codes.put(Reply.NO_DATA_CONNECTION, "no-data-address");
        codes.put(Reply.NO_PASSIVE_PORT, "no-passive-port");
        codes.put(Reply.FOREIGN_ADDRESS, "foreign-address");
        codes.put(Reply.ACTIVE_OFF, "active-off");
        codes.put(Reply.networkProtocol(1), "wrong-network-protocol");
        codes.put(Reply.networkProtocol(2), "wrong-network-protocol");
        codes.put(Reply.WORK_ABORTED, "aborted");
        codes.put(Reply.REMOVAL_ABORTED, "aborted");
        return Map.copyOf(codes);
    }
}
