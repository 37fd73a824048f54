/// What a running server says of itself, over HTTP: `status` for people and for machines, and its
/// metrics. Nothing can be changed by it, and no secret is in it. Entry type:
/// [io.sealane.server.status.StatusEndpoint]. Safe from any thread.
@NullMarked
package io.sealane.server.status;

import org.jspecify.annotations.NullMarked;
