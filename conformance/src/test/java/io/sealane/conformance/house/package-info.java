/// Rules of the house that the compiler does not know, as tests: style, documents, architecture.
/// Entry types: [TidyTest], [ArchitectureTest]. Nothing here starts a server.
@NullMarked
package io.sealane.conformance.house;

import org.jspecify.annotations.NullMarked;
