package io.sealane.config;

/// Whether clients may do something that not every server wants them to.
public enum Permission implements ConfigWord {
    REFUSED,
    ALLOWED
}
