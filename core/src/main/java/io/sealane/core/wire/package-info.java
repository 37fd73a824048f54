/// The octets of the control connection: lines, commands, replies, addresses, times, listings.
/// Entry types: [io.sealane.core.wire.Verb] (the command table), [io.sealane.core.wire.Reply]. No
/// input or output; parsing is total; values are immutable, decoders belong to one thread. RFC 959,
/// 2389, 2428, 2640, 3659.
@NullMarked
package io.sealane.core.wire;

import org.jspecify.annotations.NullMarked;
