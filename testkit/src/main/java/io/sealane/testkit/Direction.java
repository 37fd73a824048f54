package io.sealane.testkit;

/// Which way bytes go through a [FaultProxy].
public enum Direction {
    TO_SERVER,
    TO_CLIENT
}
