package io.sealane.config;

import java.util.List;

/// What came of loading a configuration.
public sealed interface ConfigResult {
    /// The file is right.
    record Ok(SealaneConfig config, List<ConfigWarning> warnings) implements ConfigResult {
        public Ok {
            warnings = List.copyOf(warnings);
        }
    }

    /// The file is wrong, in all of these points; at least one.
    record Bad(List<ConfigError> errors) implements ConfigResult {
        public Bad {
            errors = List.copyOf(errors);
            if (errors.isEmpty()) {
                throw new IllegalArgumentException("bad without an error");
            }
        }
    }
}
