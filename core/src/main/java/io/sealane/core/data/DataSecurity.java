package io.sealane.core.data;

import io.sealane.core.tls.SessionTls;
import java.util.Optional;

/// Where the TLS of data connections comes from: the control connection's, once it speaks TLS.
@FunctionalInterface
public interface DataSecurity {
    Optional<SessionTls> sessionTls();
}
