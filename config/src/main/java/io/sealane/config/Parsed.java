package io.sealane.config;

import java.util.Optional;

/// What a [Format] makes of a text.
sealed interface Parsed<T> {
    record Good<T>(T value) implements Parsed<T> {}

    record NotAllowed<T>() implements Parsed<T> {}

    /// Part of the contract, but not of this version.
    record NotServed<T>() implements Parsed<T> {}

    static <T> Parsed<T> of(Optional<T> value) {
        return value.<Parsed<T>>map(Good::new).orElseGet(NotAllowed::new);
    }
}
