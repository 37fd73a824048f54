package io.sealane.config;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// What clients may neither fetch nor replace: the accounts, private keys, and whom certificates of
/// clients are checked with. Where links lead counts, as it was when this was made. Immutable.
public final class SecretPlaces {
    /// A file or folder, and all paths by which it can be reached.
    ///
    /// @param named as the configuration has it
    private record Secret(Path named, List<Path> places) {
        static Secret of(Path named) {
            Path parent = named.getParent();
            Path asNamed = parent == null ? named : real(parent).resolve(named.getFileName());
            return new Secret(named, List.of(named, asNamed, real(named)));
        }

        boolean isIn(Path folder) {
            return places.stream().anyMatch(place -> place.startsWith(folder));
        }
    }

    private final List<Secret> secrets;
    private final Path keys;

    private SecretPlaces(List<Secret> secrets, Path keys) {
        this.secrets = List.copyOf(secrets);
        this.keys = keys;
    }

    public static SecretPlaces of(SealaneConfig config) {
        List<Path> secrets = new ArrayList<>();
        secrets.add(config.dataDir());
        secrets.add(config.keysFolder());
        secrets.add(
                switch (config.accounts().database()) {
                    case AccountsDatabase.Sqlite(Path file) -> file;
                });
        for (CertificateConfig certificate : config.certificates()) {
            if (certificate.source() instanceof CertificateSource.Files files) {
                secrets.add(files.key());
            }
        }
        config.clientCertificates()
                .ifPresent(clients -> {
                    secrets.add(clients.trust());
                    secrets.addAll(clients.crl());
                });
        return new SecretPlaces(
                secrets.stream().map(Secret::of).toList(), real(config.keysFolder()));
    }

    /// The first of them, as the configuration names it, that a client would reach who sees
    /// `folder` as a root.
    public Optional<Path> reachedFrom(Path folder) {
        Path real = real(folder);
        if (real.startsWith(keys)) {
            return Optional.of(keys);
        }
        return secrets.stream().filter(secret -> secret.isIn(real)).map(Secret::named).findFirst();
    }

    /// Whether some user's folder of `template` is `secret` or holds it, also by links.
    static boolean mayHold(LocalFolder template, Path secret) {
        return Stream.of(template.template(), realBeginning(template.template()))
                .filter(folder -> LocalFolder.bracesFit(folder.toString()))
                .map(LocalFolder::new)
                .anyMatch(folder -> Secret.of(secret).places().stream().anyMatch(folder::mayHold));
    }

    /// Follows links up to the first name that depends on the user.
    private static Path realBeginning(Path template) {
        Path fixed = template.getRoot();
        for (Path name : template) {
            if (name.toString().contains(LocalFolder.USER)) {
                break;
            }
            fixed = fixed.resolve(name);
        }
        return real(fixed).resolve(fixed.relativize(template)).normalize();
    }

    /// Follows links as far as there is something.
    private static Path real(Path path) {
        try {
            return path.toRealPath();
        } catch (IOException missing) {
            Path parent = path.getParent();
            return parent == null ? path : real(parent).resolve(path.getFileName()).normalize();
        }
    }
}
