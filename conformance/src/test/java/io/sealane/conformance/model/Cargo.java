package io.sealane.conformance.model;

import java.util.List;
import java.util.Optional;

/// What a transfer is to move.
sealed interface Cargo {
    /// RETR: exactly these bytes on the wire.
    @SuppressWarnings("ArrayRecordComponent") // Never compared, never changed.
    record Download(byte[] wire) implements Cargo {}

    /// LIST, NLST, MLSD: one line for each of these names.
    record Listing(List<String> names) implements Cargo {}

    /// STOR, APPE, STOU.
    ///
    /// @param path empty if the server chooses the name, which the preliminary reply then tells
    /// @param beginning bytes in front of those to come
    /// @param announced by ALLO; 0 if it was not
    record Upload(Optional<String> path, Tree.Beginning beginning, Type type, long announced)
            implements Cargo {
        /// Whether so many bytes are fewer than were announced, of the file and of what was to
        /// come.
        boolean isShort(int bytes) {
            int before = beginning.beginning().length;
            return type == Type.IMAGE
                    && bytes < announced
                    && (before >= announced || before + bytes < announced);
        }
    }

    enum Type {
        ASCII,
        IMAGE
    }
}
