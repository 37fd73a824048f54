package io.sealane.config;

/// User accounts.
public record AccountsConfig(AccountsDatabase database) {}
