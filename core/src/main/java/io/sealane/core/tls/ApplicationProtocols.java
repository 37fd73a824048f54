package io.sealane.core.tls;

import io.sealane.core.wire.ClientHello;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/// What a session speaks inside TLS, for clients that name some (ALPN, RFC 7301). Immutable.
///
/// @param control on the control connection
/// @param data on data connections
public record ApplicationProtocols(String control, String data) {
    /// The registered one (IANA registry).
    public static final ApplicationProtocols FTP = new ApplicationProtocols("ftp", "ftp");

    /// What FileZilla's client has of its own. It says neither SYST, PBSZ, PROT, CLNT nor OPTS UTF8
    /// then, has data protected and names in UTF-8 all the same, gives up unless each data
    /// connection resumes and is of that protocol, and asks its user for a one-time password where
    /// a reply to USER tells it to.
    public static final ApplicationProtocols FILEZILLA =
            new ApplicationProtocols("x-filezilla-ftp", "ftp-data");

    /// What a session speaks whose client said `hello`. FileZilla's are there for their prompt
    /// alone: where nobody is to be asked, its client speaks the registered one.
    ///
    /// @param oneTimePasswords whether somebody is; asked if it matters
    public static ApplicationProtocols of(
            Optional<ClientHello> hello, BooleanSupplier oneTimePasswords) {
        return hello.filter(FILEZILLA::isOfferedBy).isPresent() && oneTimePasswords.getAsBoolean()
                ? FILEZILLA
                : FTP;
    }

    private boolean isOfferedBy(ClientHello hello) {
        return hello.applicationProtocols().contains(control);
    }

    /// Both, once each.
    public List<String> names() {
        return Stream.of(control, data).distinct().toList();
    }
}
