package io.sealane.vfs.local;

import java.io.IOException;

/// A system call failed; [Failures] knows what the number means.
final class NativeException extends IOException {
    private static final long serialVersionUID = 1L;

    /// Linux's number for "no such file or directory".
    static final int NO_SUCH_ENTRY = 2;

    private final int errno;

    NativeException(String call, int errno) {
        super(call + ": " + NativeCalls.errorText(errno));
        this.errno = errno;
    }

    int errno() {
        return errno;
    }
}
