/// Client programs that people use, run against the packaged server as a user would start it. Entry
/// type: [io.sealane.conformance.clients.PackagedServer]. Files are compared by SHA-256 on disk.
/// What a client cannot do is left out with the reason beside it; what this machine lacks is said
/// in `target/left-out.txt`.
@NullMarked
package io.sealane.conformance.clients;

import org.jspecify.annotations.NullMarked;
