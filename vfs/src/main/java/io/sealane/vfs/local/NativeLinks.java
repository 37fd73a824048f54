package io.sealane.vfs.local;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// Reads texts of symbolic links by `readlinkat`. Belongs to one thread, as its memory does.
final class NativeLinks {
    private final MemorySegment errno;
    private final MemorySegment text;

    NativeLinks(Arena arena) {
        errno = NativeCalls.newErrno(arena);
        text = arena.allocate(LinkTarget.BYTES_MAX + 1L);
    }

    /// What the link shows of itself; nothing of one that vanished or changed meanwhile.
    ///
    /// @param name NUL-terminated; empty for what `parent` stands for
    /// @param depth how many names the path of the link's directory has
    Optional<String> target(int parent, MemorySegment name, int depth) {
        try {
            int length = (int) NativeCalls.readLink(errno, parent, name, text);
            byte[] bytes = text.asSlice(0, length).toArray(ValueLayout.JAVA_BYTE);
            String decoded = new String(bytes, StandardCharsets.UTF_8);
            boolean misread =
                    ListedNames.mayBeMisread(decoded)
                            && !ListedNames.isEncodedAs(decoded, bytes, length);
            return misread ? Optional.empty() : LinkTarget.shown(decoded, depth);
        } catch (NativeException _) {
            return Optional.empty();
        }
    }
}
