package io.sealane.config;

import java.time.ZoneId;
import java.time.ZoneOffset;

/// How listings are written.
///
/// @param zone that LIST shows times in
public record ListingConfig(ZoneId zone) {
    public static final ListingConfig DEFAULTS = new ListingConfig(ZoneOffset.UTC);
}
