package io.sealane.conformance.model;

import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/// What is right to happen after one line of a client.
sealed interface Answer {
    /// One final reply.
    ///
    /// @param text what the reply must contain, empty if its words are free
    /// @param next where the session stands then, whichever of the codes it is
    record Says(Set<Integer> codes, String text, Model next) implements Answer {
        static Says of(Model next, Integer... codes) {
            return new Says(Arrays.stream(codes).collect(Collectors.toUnmodifiableSet()), "", next);
        }
    }

    /// Nothing at all, for a line without a word in it.
    record Silence(Model next) implements Answer {}

    /// A preliminary reply, the transfer, and its final reply.
    ///
    /// @param next where the session stands meanwhile; files have not changed
    record Moves(Cargo cargo, Model next) implements Answer {}

    /// 234, and then the TLS handshake.
    record Secures(Model next) implements Answer {}

    /// A last reply, and the end of the connection.
    record Leaves(int code, Model next) implements Answer {}

    Model next();
}
