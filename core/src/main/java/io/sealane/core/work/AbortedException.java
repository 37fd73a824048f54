package io.sealane.core.work;

/// Nobody wants the outcome of a piece of work any more.
public final class AbortedException extends Exception {
    private static final long serialVersionUID = 1L;

    AbortedException() {
        super("aborted");
    }
}
