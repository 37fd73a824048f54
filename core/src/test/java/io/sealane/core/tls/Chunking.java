package io.sealane.core.tls;

import java.util.Random;

/// How a [ChunkingRelay] cuts what passes.
enum Chunking {
    WHOLE {
        @Override
        int next(Random random) {
            return 256 * 1024;
        }
    },
    SINGLE_BYTES {
        @Override
        int next(Random random) {
            return 1;
        }
    },
    RANDOM {
        @Override
        int next(Random random) {
            return 1 + random.nextInt(random.nextBoolean() ? 16 : 40_000);
        }
    };

    /// Most bytes of the next chunk.
    abstract int next(Random random);
}
