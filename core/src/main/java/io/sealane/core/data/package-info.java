/// Data connections: how they come about (passive and active) and how they end. Entry types:
/// [io.sealane.core.data.DataPorts], [io.sealane.core.data.DataOffer],
/// [io.sealane.core.data.DataConnection]. An offer belongs to one session, a connection to one
/// transfer's thread; both may be closed from any thread. RFC 959 section 3.2, 2428, 4217.
@NullMarked
package io.sealane.core.data;

import org.jspecify.annotations.NullMarked;
