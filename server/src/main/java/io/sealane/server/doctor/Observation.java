package io.sealane.server.doctor;

import java.util.Optional;

/// A finding of one examination.
///
/// @param place empty if it is about the server as a whole
/// @param seen what was seen, in printable characters
public record Observation(Finding finding, Optional<Place> place, String seen) {
    public Severity severity() {
        return finding.severity();
    }
}
