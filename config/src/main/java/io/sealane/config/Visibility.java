package io.sealane.config;

/// Whether listings show something.
public enum Visibility implements ConfigWord {
    SHOW,
    HIDE
}
