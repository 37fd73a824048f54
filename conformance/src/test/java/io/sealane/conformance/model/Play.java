package io.sealane.conformance.model;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.jspecify.annotations.Nullable;

/// A run of random moves against a server, each held to the model. A play that fails says its seed
/// and the moves, as few as still fail.
public final class Play {
    /// Plays tried while looking for the fewest moves.
    private static final int SHORTER_PLAYS_MAX = 100;

    private static final long SHORTENING_NANOS_MAX = 60_000_000_000L;

    private static final int SHOWN_LENGTH_MAX = 400;

    /// Makes a fresh server with fresh files.
    @FunctionalInterface
    public interface Theater {
        Performance open() throws IOException;
    }

    /// One server for one play.
    public interface Performance extends Stage, AutoCloseable {
        @Override
        void close() throws IOException;
    }

    private final Theater theater;
    private final long seed;
    private final int steps;

    public Play(Theater theater, long seed, int steps) {
        this.theater = theater;
        this.seed = seed;
        this.steps = steps;
    }

    /// Every verb that plays may say.
    public static List<String> verbs() {
        return Script.verbs();
    }

    /// What went wrong, and behind which moves.
    private record Failure(List<Move> moves, Throwable cause, String conversation) {
        /// Whether both went wrong in the same way, as far as one can tell.
        boolean isLike(Failure other) {
            return kind().equals(other.kind());
        }

        private String kind() {
            return cause.toString().replaceFirst("(?s)[0-9/].*", "");
        }
    }

    /// @throws AssertionError with the seed and the moves if the server departs from the model
    public void run() throws IOException {
        Failure failure = play(null);
        if (failure == null) {
            return;
        }
        Failure shortest = shorten(failure);
        StringBuilder text = new StringBuilder(failure.cause().toString());
        text.append("\nrepeat by -Dsealane.model.seed=").append(seed);
        text.append(" -Dsealane.model.steps=").append(steps);
        text.append("\nfewest moves found of ").append(failure.moves().size()).append(": ");
        text.append(shortest.cause()).append('\n');
        shortest.moves().forEach(move -> text.append("  ").append(shown(move)).append('\n'));
        text.append("conversation:\n").append(shortest.conversation());
        throw new AssertionError(text.toString(), shortest.cause());
    }

    /// Makes these moves, or moves as the seed has them.
    private @Nullable Failure play(@Nullable List<Move> given) throws IOException {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        Script script = new Script(random);
        List<Move> made = new ArrayList<>();
        try (Performance stage = theater.open();
                Actor actor = new Actor(stage)) {
            try {
                for (int i = 0; i < (given == null ? steps : given.size()); i++) {
                    Move move = given == null ? script.next(actor.model(), stage) : given.get(i);
                    made.add(move);
                    actor.make(move);
                    actor.checkpoint();
                    if (!actor.isConnected()) {
                        actor.compareFiles();
                    }
                }
                actor.leave();
                return null;
            } catch (IOException | RuntimeException | AssertionError failed) {
                return new Failure(made, failed, actor.conversation());
            }
        }
    }

    /// Takes moves out, in ever smaller pieces, for as long as what is left still fails.
    private Failure shorten(Failure found) throws IOException {
        Failure shortest = found;
        int plays = 0;
        long deadline = System.nanoTime() + SHORTENING_NANOS_MAX;
        for (int piece = found.moves().size() / 2; piece > 0; piece /= 2) {
            int at = 0;
            while (at < shortest.moves().size()
                    && plays < SHORTER_PLAYS_MAX
                    && deadline - System.nanoTime() > 0) {
                List<Move> fewer = new ArrayList<>(shortest.moves());
                fewer.subList(at, Math.min(at + piece, fewer.size())).clear();
                plays++;
                Failure again = play(fewer);
                if (again != null && again.isLike(found)) {
                    shortest = again;
                } else {
                    at += piece;
                }
            }
        }
        return shortest;
    }

    private static String shown(Move move) {
        StringBuilder text = new StringBuilder();
        move.toString()
                .chars()
                .limit(SHOWN_LENGTH_MAX)
                .forEach(octet ->
                        text.append(
                                octet < ' ' || octet > '~'
                                        ? String.format(Locale.ROOT, "\\x%02x", octet)
                                        : String.valueOf((char) octet)));
        return text.toString();
    }
}
