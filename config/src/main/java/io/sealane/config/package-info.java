/// `sealane.yaml` as immutable records, with every error named by key, value, file and line. Entry
/// types: [io.sealane.config.ConfigFinder], then [io.sealane.config.ConfigLoader]. All values are
/// immutable and safe from any thread; only finding and loading touch the disk. No name is looked
/// up and no address opened here. Keys: docs/reference/configuration.md.
@NullMarked
package io.sealane.config;

import org.jspecify.annotations.NullMarked;
