package io.sealane.config;

/// How a log line is written on standard error.
public enum LogFormat implements ConfigWord {
    TEXT,
    JSON
}
