/// What happened, as values: one record per fact, for the log and, later, metrics and audit. Entry
/// types: [io.sealane.core.event.Event], [io.sealane.core.event.EventSink]. Events are immutable;
/// sinks must be quick and are called from any thread.
@NullMarked
package io.sealane.core.event;

import org.jspecify.annotations.NullMarked;
