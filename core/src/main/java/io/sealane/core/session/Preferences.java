package io.sealane.core.session;

import io.sealane.core.checksum.HashAlgorithm;
import io.sealane.core.session.Settings.DataCommands;
import io.sealane.core.wire.Fact;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/// What commands chose for the rest of a login, as [Settings] tells it. Immutable.
record Preferences(
        Set<Fact> facts,
        DataCommands dataCommands,
        Optional<Duration> idle,
        OptionalInt umask,
        HashAlgorithm hashAlgorithm) {
    static final Preferences INITIAL =
            new Preferences(
                    Fact.DEFAULT,
                    DataCommands.ALL,
                    Optional.empty(),
                    OptionalInt.empty(),
                    HashAlgorithm.DEFAULT);

    Preferences withFacts(Set<Fact> selected) {
        return new Preferences(selected, dataCommands, idle, umask, hashAlgorithm);
    }

    Preferences withEpsvOnly() {
        return new Preferences(facts, DataCommands.EPSV_ONLY, idle, umask, hashAlgorithm);
    }

    Preferences withIdle(Duration limit) {
        return new Preferences(facts, dataCommands, Optional.of(limit), umask, hashAlgorithm);
    }

    Preferences withUmask(int bits) {
        return new Preferences(facts, dataCommands, idle, OptionalInt.of(bits), hashAlgorithm);
    }

    Preferences withHashAlgorithm(HashAlgorithm selected) {
        return new Preferences(facts, dataCommands, idle, umask, selected);
    }
}
