/// Transfers: moving a file or a listing over a data connection, and telling how that ended. Entry
/// types: [io.sealane.core.transfer.Transfer], [io.sealane.core.transfer.TransferPlan]. Each
/// transfer has a virtual thread that owns its data connection and its storage handle; nothing is
/// allocated per chunk. RFC 959 sections 3.1, 3.4; RFC 4217 section 12.
@NullMarked
package io.sealane.core.transfer;

import org.jspecify.annotations.NullMarked;
