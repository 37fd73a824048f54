package io.sealane.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// What clients may neither fetch nor replace: the accounts, private keys, and what certificates
/// are checked with. Where links lead counts, as it was when this was made. Immutable.
public final class SecretPlaces {
    private static final int LINKS_MAX = 40;

    /// A file or folder.
    ///
    /// @param named as the configuration has it
    /// @param places all paths by which it can be reached
    /// @param kind whether it is a secret as a whole
    record Secret(Path named, Set<Path> places, Kind kind) {
        /// What a folder must not hold, and what it must not lie in either.
        enum Kind {
            HELD,
            HELD_OR_ENTERED
        }

        /// A file, or a folder in which there is more than secrets.
        static Secret at(Path named) {
            return new Secret(named, placesOf(named), Kind.HELD);
        }

        /// A folder of nothing but secrets.
        static Secret whole(Path named) {
            return new Secret(named, placesOf(named), Kind.HELD_OR_ENTERED);
        }

        private boolean isReachedFrom(Path folder) {
            return places.stream()
                    .anyMatch(place ->
                            place.startsWith(folder)
                                    || (kind == Kind.HELD_OR_ENTERED && folder.startsWith(place)));
        }

        /// Whether some user of one of these folders would reach it.
        ///
        /// @param forms what [#forms] made of a folder
        boolean mayBeReachedFrom(List<LocalFolder> forms) {
            return forms.stream()
                    .anyMatch(form ->
                            isReachedFrom(form.template())
                                    || places.stream().anyMatch(form::mayHold));
        }
    }

    private final List<Secret> secrets;

    private SecretPlaces(List<Secret> secrets) {
        this.secrets = List.copyOf(secrets);
    }

    public static SecretPlaces of(SealaneConfig config) {
        List<Secret> secrets = new ArrayList<>();
        secrets.add(Secret.at(config.dataDir()));
        secrets.add(Secret.whole(config.keysFolder()));
        secrets.add(
                Secret.at(
                        switch (config.accounts().database()) {
                            case AccountsDatabase.Sqlite(Path file) -> file;
                        }));
        for (CertificateConfig certificate : config.certificates()) {
            switch (certificate.source()) {
                case CertificateSource.Files(Path chain, Path key) -> secrets.add(Secret.at(key));
                case CertificateSource.Acme(AcmeConfig acme) ->
                        acme.trust().map(Secret::at).ifPresent(secrets::add);
            }
        }
        config.clientCertificates()
                .ifPresent(clients ->
                        Stream.concat(Stream.of(clients.trust()), clients.crl().stream())
                                .map(Secret::at)
                                .forEach(secrets::add));
        return new SecretPlaces(secrets);
    }

    /// The first of them, as the configuration names it, that a client would reach who sees
    /// `folder` as a root, or that he would be in.
    public Optional<Path> reachedFrom(Path folder) {
        Path real = real(folder);
        return secrets.stream()
                .filter(secret -> secret.isReachedFrom(real))
                .map(Secret::named)
                .findFirst();
    }

    /// A folder as it is written, and with the links in it followed up to the first name that
    /// depends on the user.
    static List<LocalFolder> forms(LocalFolder folder) {
        Path template = folder.template();
        Path fixed = template.getRoot();
        for (Path name : template) {
            if (name.toString().contains(LocalFolder.USER)) {
                break;
            }
            fixed = fixed.resolve(name);
        }
        Path real = real(fixed).resolve(fixed.relativize(template)).normalize();
        return LocalFolder.bracesFit(real.toString())
                ? List.of(folder, new LocalFolder(real))
                : List.of(folder);
    }

    /// As written, and each link on the way with what it leads to.
    private static Set<Path> placesOf(Path named) {
        Set<Path> places = new LinkedHashSet<>();
        places.add(named);
        Path at = named;
        for (int i = 0; i < LINKS_MAX && at.getParent() != null; i++) {
            at = real(at.getParent()).resolve(at.getFileName());
            places.add(at);
            if (!Files.isSymbolicLink(at)) {
                break;
            }
            try {
                at = at.resolveSibling(Files.readSymbolicLink(at)).normalize();
            } catch (IOException gone) {
                break;
            }
        }
        places.add(real(named));
        return places;
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
