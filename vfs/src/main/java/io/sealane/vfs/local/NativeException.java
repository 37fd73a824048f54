package io.sealane.vfs.local;

import java.io.IOException;

/// A system call failed; [Failures] knows what the number means.
final class NativeException extends IOException {
    private static final long serialVersionUID = 1L;

    /// Linux's number for "no such file or directory".
    static final int NO_SUCH_ENTRY = 2;

    private final String call;
    private final int errno;

    NativeException(String call, int errno) {
        this.call = call;
        this.errno = errno;
    }

    /// Made when it is asked for: most failures are expected ones.
    @Override
    public String getMessage() {
        return call + ": " + NativeCalls.errorText(errno);
    }

    /// As the message: where it was, is told by what is thrown for it.
    @Override
    public synchronized Throwable fillInStackTrace() {
        return this;
    }

    int errno() {
        return errno;
    }
}
