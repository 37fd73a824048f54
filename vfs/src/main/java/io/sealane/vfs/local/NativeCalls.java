package io.sealane.vfs.local;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The system calls that Java has no API for, and every native call of this module: `*at` calls
/// relative to an open directory, `statx`, `getdents64`, and names of owners. Linux with a 64-bit C
/// library on x86-64 and AArch64; [#available] says whether they can be used here.
///
/// Stateless and safe from any thread. File descriptors are plain numbers: whoever opened one
/// closes it. A call is made into the kernel, so it holds its carrier thread as file channels do.
///
/// Security: no call here resolves more than one name, except [#openRoot]; none follows a link at
/// that name.
final class NativeCalls {
    /// Longest user or group record. 64 KiB holds a group of some thousand members; a longer one is
    /// shown by its number.
    private static final int OWNER_RECORD_BYTES_MAX = 64 * 1024;

    private static final int OWNER_STRUCT_BYTES = 256; // struct passwd has 48, struct group 32

    private static final int CURRENT_DIRECTORY = -100; // AT_FDCWD
    private static final int NO_FOLLOW = 0x100; // AT_SYMLINK_NOFOLLOW
    private static final int NO_AUTOMOUNT = 0x800; // AT_NO_AUTOMOUNT
    private static final int EMPTY_PATH = 0x1000; // AT_EMPTY_PATH
    private static final int REMOVE_DIRECTORY = 0x200; // AT_REMOVEDIR
    private static final int STATX_BASIC_STATS = 0x7ff;
    private static final int DIRECTORY_MODE = 0777; // less the process's umask

    // The same on both architectures.
    private static final int OPEN_CLOSE_ON_EXEC = 02000000; // O_CLOEXEC
    private static final int OPEN_NEW = 0301 | OPEN_CLOSE_ON_EXEC; // O_WRONLY, O_CREAT, O_EXCL
    private static final int OPEN_PLACE = 010000000 | OPEN_CLOSE_ON_EXEC; // O_PATH

    private static final Linker LINKER = Linker.nativeLinker();
    private static final Linker.Option CAPTURE_ERRNO = Linker.Option.captureCallState("errno");
    private static final long ERRNO_OFFSET =
            Linker.Option.captureStateLayout().byteOffset(PathElement.groupElement("errno"));

    /// Stands for a function that this machine does not have.
    private static final MethodHandle MISSING =
            MethodHandles.empty(MethodType.methodType(void.class));

    // Constants, so that the compiler inlines the calls through them.
    private static final MethodHandle OPENAT =
            link(
                    List.of("openat"),
                    FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT),
                    CAPTURE_ERRNO,
                    Linker.Option.firstVariadicArg(3));
    private static final MethodHandle OPENAT_NEW =
            link(
                    List.of("openat"),
                    FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT),
                    CAPTURE_ERRNO,
                    Linker.Option.firstVariadicArg(3));
    private static final MethodHandle CLOSE =
            link(List.of("close"), FunctionDescriptor.of(JAVA_INT, JAVA_INT));
    private static final MethodHandle MKDIRAT =
            link(
                    List.of("mkdirat"),
                    FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT),
                    CAPTURE_ERRNO);
    private static final MethodHandle SYMLINKAT =
            link(
                    List.of("symlinkat"),
                    FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT, ADDRESS),
                    CAPTURE_ERRNO);
    private static final MethodHandle UNLINKAT =
            link(
                    List.of("unlinkat"),
                    FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT),
                    CAPTURE_ERRNO);
    private static final MethodHandle STATX =
            link(
                    List.of("statx"),
                    FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT, ADDRESS),
                    CAPTURE_ERRNO);
    private static final MethodHandle READLINKAT =
            link(
                    List.of("readlinkat"),
                    FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, ADDRESS, JAVA_LONG),
                    CAPTURE_ERRNO);
    // musl calls it getdents; the record is the same.
    private static final MethodHandle GETDENTS =
            link(
                    List.of("getdents64", "getdents"),
                    FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG),
                    CAPTURE_ERRNO);
    private static final MethodHandle USER_BY_ID = linkOwnerLookup("getpwuid_r");
    private static final MethodHandle GROUP_BY_ID = linkOwnerLookup("getgrgid_r");
    private static final MethodHandle ERROR_TEXT =
            link(List.of("strerror"), FunctionDescriptor.of(ADDRESS, JAVA_INT));

    private static final OpenFlags FLAGS = OpenFlags.ofThisMachine();
    private static final boolean AVAILABLE =
            FLAGS != OpenFlags.UNKNOWN
                    && Stream.of(
                                    OPENAT,
                                    OPENAT_NEW,
                                    CLOSE,
                                    MKDIRAT,
                                    SYMLINKAT,
                                    UNLINKAT,
                                    STATX,
                                    READLINKAT,
                                    GETDENTS,
                                    USER_BY_ID,
                                    GROUP_BY_ID,
                                    ERROR_TEXT)
                            .noneMatch(MISSING::equals);

    private NativeCalls() {}

    static boolean available() {
        return AVAILABLE;
    }

    /// Memory that a call leaves its error number in; needed by the calls that take `errno`.
    static MemorySegment newErrno(Arena arena) {
        return arena.allocate(Linker.Option.captureStateLayout());
    }

    /// Opens a directory by host path as a place to start from; links in `path` are followed.
    static int openRoot(Arena arena, String path) throws NativeException {
        int flags = OPEN_PLACE | FLAGS.directory;
        return open(newErrno(arena), CURRENT_DIRECTORY, arena.allocateFrom(path), flags);
    }

    /// Opens the directory `name` in `parent` as a place to start from, reading nothing.
    static int openDirectory(Arena arena, int parent, String name) throws NativeException {
        int flags = OPEN_PLACE | FLAGS.directory | FLAGS.noFollow;
        return open(newErrno(arena), parent, arena.allocateFrom(name), flags);
    }

    /// Opens whatever is at `name` without touching it: a link itself, a pipe without waiting.
    static int openNode(Arena arena, int parent, String name) throws NativeException {
        int flags = OPEN_PLACE | FLAGS.noFollow;
        return open(newErrno(arena), parent, arena.allocateFrom(name), flags);
    }

    /// Opens `directory`, which was opened as a place only, for [#readDirectory].
    static int openForListing(Arena arena, int directory) throws NativeException {
        int flags = OPEN_CLOSE_ON_EXEC | FLAGS.directory;
        return open(newErrno(arena), directory, arena.allocateFrom("."), flags);
    }

    /// Makes the file `name` in `parent`, and opens it for writing.
    ///
    /// @param mode its permission bits, less the process's umask
    static int makeFile(Arena arena, int parent, String name, int mode) throws NativeException {
        MemorySegment errno = newErrno(arena);
        int flags = OPEN_NEW | FLAGS.noFollow;
        int result;
        try {
            MemorySegment text = arena.allocateFrom(name);
            result = (int) OPENAT_NEW.invokeExact(errno, parent, text, flags, mode);
        } catch (Throwable e) {
            throw defect(e);
        }
        check("openat", result, errno);
        return result;
    }

    static void makeDirectory(Arena arena, int parent, String name) throws NativeException {
        MemorySegment errno = newErrno(arena);
        int result;
        try {
            MemorySegment text = arena.allocateFrom(name);
            result = (int) MKDIRAT.invokeExact(errno, parent, text, DIRECTORY_MODE);
        } catch (Throwable e) {
            throw defect(e);
        }
        check("mkdirat", result, errno);
    }

    /// Makes the link `name` in `parent`, which says `text`.
    static void makeLink(Arena arena, String text, int parent, String name) throws NativeException {
        MemorySegment errno = newErrno(arena);
        int result;
        try {
            MemorySegment says = arena.allocateFrom(text);
            MemorySegment at = arena.allocateFrom(name);
            result = (int) SYMLINKAT.invokeExact(errno, says, parent, at);
        } catch (Throwable e) {
            throw defect(e);
        }
        check("symlinkat", result, errno);
    }

    /// Removes what is at `name` in `parent`, unless it is a directory.
    static void removeFile(Arena arena, int parent, String name) throws NativeException {
        remove(arena, parent, name, 0);
    }

    /// Removes the empty directory `name` in `parent`.
    static void removeDirectory(Arena arena, int parent, String name) throws NativeException {
        remove(arena, parent, name, REMOVE_DIRECTORY);
    }

    private static void remove(Arena arena, int parent, String name, int flags)
            throws NativeException {
        MemorySegment errno = newErrno(arena);
        int result;
        try {
            MemorySegment text = arena.allocateFrom(name);
            result = (int) UNLINKAT.invokeExact(errno, parent, text, flags);
        } catch (Throwable e) {
            throw defect(e);
        }
        check("unlinkat", result, errno);
    }

    /// Fills `target` for the name in `parent`; `name` is NUL-terminated, and empty for `parent`
    /// itself.
    static void stat(MemorySegment errno, int parent, MemorySegment name, Statx target)
            throws NativeException {
        int flags = NO_FOLLOW | NO_AUTOMOUNT | EMPTY_PATH;
        int result;
        try {
            MemorySegment memory = target.memory();
            result = (int) STATX.invokeExact(errno, parent, name, flags, STATX_BASIC_STATS, memory);
        } catch (Throwable e) {
            throw defect(e);
        }
        check("statx", result, errno);
    }

    /// Reads the text of the link `name` in `parent`; `name` is NUL-terminated, and empty for
    /// `parent` itself.
    ///
    /// @return bytes filled; as many as `target` has if there may be more
    static long readLink(MemorySegment errno, int parent, MemorySegment name, MemorySegment target)
            throws NativeException {
        long filled;
        try {
            filled = (long) READLINKAT.invokeExact(errno, parent, name, target, target.byteSize());
        } catch (Throwable e) {
            throw defect(e);
        }
        check("readlinkat", filled, errno);
        return filled;
    }

    /// Reads the next `linux_dirent64` records.
    ///
    /// @return bytes filled, 0 at the end
    static long readDirectory(MemorySegment errno, int directory, MemorySegment target)
            throws NativeException {
        long filled;
        try {
            filled = (long) GETDENTS.invokeExact(errno, directory, target, target.byteSize());
        } catch (Throwable e) {
            throw defect(e);
        }
        check("getdents64", filled, errno);
        return filled;
    }

    /// Closes; an error is of no use to anyone here, since nothing was written.
    static void close(int descriptor) {
        try {
            int ignored = (int) CLOSE.invokeExact(descriptor);
        } catch (Throwable e) {
            throw defect(e);
        }
    }

    static Optional<String> userName(int id) {
        return ownerName(USER_BY_ID, id);
    }

    static Optional<String> groupName(int id) {
        return ownerName(GROUP_BY_ID, id);
    }

    /// The system's text for an error number, in the language of the process.
    @SuppressWarnings("restricted") // The length of a C string is only known by reading it.
    static String errorText(int errno) {
        try {
            MemorySegment text = (MemorySegment) ERROR_TEXT.invokeExact(errno);
            return text.reinterpret(1024).getString(0);
        } catch (Throwable e) {
            throw defect(e);
        }
    }

    /// `getpwuid_r` and `getgrgid_r` have the same shape, and both records begin with the name.
    private static Optional<String> ownerName(MethodHandle lookup, int id) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment struct = arena.allocate(OWNER_STRUCT_BYTES, 8);
            MemorySegment strings = arena.allocate(OWNER_RECORD_BYTES_MAX);
            MemorySegment found = arena.allocate(ADDRESS);
            int result = (int) lookup.invokeExact(id, struct, strings, strings.byteSize(), found);
            if (result != 0 || found.get(ADDRESS, 0).address() == 0) {
                return Optional.empty();
            }
            long offset = struct.get(ADDRESS, 0).address() - strings.address();
            return offset < 0 || offset >= strings.byteSize()
                    ? Optional.empty()
                    : Optional.of(strings.getString(offset));
        } catch (Throwable e) {
            throw defect(e);
        }
    }

    private static int open(MemorySegment errno, int parent, MemorySegment name, int flags)
            throws NativeException {
        int result;
        try {
            result = (int) OPENAT.invokeExact(errno, parent, name, flags);
        } catch (Throwable e) {
            throw defect(e);
        }
        check("openat", result, errno);
        return result;
    }

    private static void check(String call, long result, MemorySegment errno)
            throws NativeException {
        if (result < 0) {
            throw new NativeException(call, errno.get(JAVA_INT, ERRNO_OFFSET));
        }
    }

    private static IllegalStateException defect(Throwable cause) {
        return new IllegalStateException("a native call could not be made", cause);
    }

    private static MethodHandle linkOwnerLookup(String name) {
        return link(
                List.of(name),
                FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, ADDRESS, JAVA_LONG, ADDRESS));
    }

    /// Links the first of `names` that the C library has; [#MISSING] if it has none, or if native
    /// access is denied to this code.
    @SuppressWarnings("restricted") // This is the one place that links native functions.
    private static MethodHandle link(
            List<String> names, FunctionDescriptor descriptor, Linker.Option... options) {
        for (String name : names) {
            Optional<MemorySegment> symbol = LINKER.defaultLookup().find(name);
            if (symbol.isPresent()) {
                try {
                    return LINKER.downcallHandle(symbol.get(), descriptor, options);
                } catch (IllegalCallerException | UnsupportedOperationException _) {
                    return MISSING;
                }
            }
        }
        return MISSING;
    }

    /// Flags of `open` whose bits differ between architectures.
    private enum OpenFlags {
        X86_64(0200000, 0400000),
        AARCH64(040000, 0100000),
        UNKNOWN(0, 0);

        private final int directory; // O_DIRECTORY
        private final int noFollow; // O_NOFOLLOW

        OpenFlags(int directory, int noFollow) {
            this.directory = directory;
            this.noFollow = noFollow;
        }

        static OpenFlags ofThisMachine() {
            if (!System.getProperty("os.name").equals("Linux")) {
                return UNKNOWN;
            }
            return switch (System.getProperty("os.arch")) {
                case "amd64" -> X86_64;
                case "aarch64" -> AARCH64;
                default -> UNKNOWN;
            };
        }
    }
}
