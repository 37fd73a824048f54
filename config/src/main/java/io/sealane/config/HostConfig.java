package io.sealane.config;

import java.net.Inet6Address;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// One of the virtual hosts that clients choose by HOST (RFC 7151) or by the server name in their
/// TLS handshake.
///
/// @param names 1 to [#NAMES_MAX]
/// @param enabled whether anybody may log in
/// @param realm what the names of its accounts end in, behind an `@`; empty: its accounts are those
///   that are in no realm
/// @param tls what is demanded of TLS here, beyond what the listener does
/// @param mounts its own, instead of those of `storage`; empty: those of `storage`
public record HostConfig(
        List<Name> names,
        boolean enabled,
        Optional<String> realm,
        TlsDemands tls,
        List<MountConfig> mounts) {
    /// As many names as public issuers put into one certificate.
    public static final int NAMES_MAX = 100;

    /// What may stand behind the `@` of an account's name.
    static final Pattern REALM = Pattern.compile("[\\p{L}\\p{Nd}._-]{1,61}");

    public HostConfig {
        names = List.copyOf(names);
        mounts = List.copyOf(mounts);
        new Bounds<>(1, NAMES_MAX).require("number of names", names.size());
        new Bounds<>(0, StorageConfig.MOUNTS_MAX).require("number of mounts", mounts.size());
        realm.ifPresent(HostConfig::requireRealm);
        Set<String> paths = new HashSet<>();
        for (MountConfig mount : mounts) {
            if (!paths.add(mount.path())) {
                throw new IllegalArgumentException("mounted twice: " + mount.path());
            }
        }
    }

    /// How clients name a host.
    ///
    /// @param text a DNS name in lower case, an IPv4 address, or an IPv6 address in brackets
    public record Name(String text) {
        /// In front of an interface's name, which a client cannot know.
        private static final char SCOPE = '%';

        static Optional<Name> parse(String text) {
            return HostName.parse(text)
                    .map(HostName::text)
                    .or(() ->
                            IpLiteral.parse(text)
                                    .filter(address -> text.indexOf(SCOPE) < 0)
                                    .map(address ->
                                            address instanceof Inet6Address
                                                    ? "[" + address.getHostAddress() + "]"
                                                    : address.getHostAddress()))
                    .map(Name::new);
        }
    }

    private static void requireRealm(String name) {
        if (!REALM.matcher(name).matches()) {
            throw new IllegalArgumentException("not a realm's name: " + name);
        }
    }
}
