package io.sealane.config;

import java.util.List;
import java.util.Map;

/// What came of loading a configuration.
public sealed interface ConfigResult {
    /// The file is right.
    ///
    /// @param lines where the file speaks of what is read only later, by key: `certificates[0]`,
    ///   `client-certificates`; counted from 1
    record Ok(SealaneConfig config, List<ConfigWarning> warnings, Map<String, Integer> lines)
            implements ConfigResult {
        public Ok {
            warnings = List.copyOf(warnings);
            lines = Map.copyOf(lines);
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
