package io.sealane.config;

import java.util.Locale;

/// A closed choice of `sealane.yaml`: an enum constant and the word that stands for it.
public interface ConfigWord {
    /// The constant's name, as every enum has it.
    String name();

    /// The word in the file: the name in lower case with `-` for `_`, `same-session` for one.
    default String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
