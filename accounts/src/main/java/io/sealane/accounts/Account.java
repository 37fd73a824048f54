package io.sealane.accounts;

import java.nio.file.Path;
import java.util.Optional;

/// A user who may enter.
///
/// @param home host folder that is the user's `/`; empty: the mounts of the configuration decide
public record Account(UserName name, boolean enabled, Optional<Path> home) {}
