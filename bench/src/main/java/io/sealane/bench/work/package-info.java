/// What the servers are made to do. Entry: [io.sealane.bench.work.Work]. For one thread.
@NullMarked
package io.sealane.bench.work;

import org.jspecify.annotations.NullMarked;
