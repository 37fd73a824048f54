package io.sealane.core.command;

import java.time.ZoneId;
import java.time.ZoneOffset;

/// What listings show, and how.
///
/// @param hiddenFiles names that begin with a dot, in LIST and NLST: [Visibility#HIDE] leaves them
///   out unless `-a` asks for them. MLSD shows them always: it is for programs, which have to see
///   what is there
/// @param symbolicLinks links, in every listing
/// @param zone that LIST shows times in; everything else is in UTC
public record ListingSettings(Visibility hiddenFiles, Links symbolicLinks, ZoneId zone) {
    public static final ListingSettings DEFAULTS =
            new ListingSettings(Visibility.SHOW, Links.SHOW, ZoneOffset.UTC);

    public enum Links {
        SHOW,
        /// As what they lead to.
        AS_TARGETS,
        HIDE
    }

    public enum Visibility {
        SHOW,
        HIDE
    }
}
