/// Listening for control connections, and finding out how each begins. Entry types:
/// [io.sealane.core.net.ControlListener], [io.sealane.core.net.Sniffer]. One platform thread
/// accepts on each port; everything after that is the connection's own virtual thread. RFC 959
/// section 3.2, RFC 4217 section 17 for implicit mode.
@NullMarked
package io.sealane.core.net;

import org.jspecify.annotations.NullMarked;
