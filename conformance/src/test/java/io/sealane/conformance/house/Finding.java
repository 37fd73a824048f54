package io.sealane.conformance.house;

/// A place that breaks a rule, and what to do about it.
record Finding(String path, long line, String advice) {
    @Override
    public String toString() {
        return path + ":" + line + ": " + advice;
    }
}
