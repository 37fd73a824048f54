package io.sealane.bench.work;

import io.sealane.bench.server.Running;
import io.sealane.bench.server.Site;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// Something that a client has a server do, once a round.
public interface Work {
    /// All of it, in the order of the table.
    static List<Work> all() {
        List<Work> all = new ArrayList<>();
        all.addAll(Bulk.all());
        all.addAll(SmallFiles.all());
        all.addAll(Logins.all());
        all.addAll(Listings.all());
        all.add(new StartUp());
        all.addAll(IdleSessions.all());
        return all;
    }

    /// A word for `--work`, which several may share.
    String group();

    String name();

    /// How many rounds are worth their time, of those asked for.
    default int rounds(int asked) {
        return asked;
    }

    /// What the first rounds warm up, and nobody counts.
    default int warmUpRounds() {
        return 1;
    }

    /// Keys of the certificate that the server shows; [Site.Keys#RSA] but for logins.
    default Site.Keys keys() {
        return Site.Keys.RSA;
    }

    /// Whether each round needs a server that has done nothing before.
    default boolean wantsFreshServer() {
        return false;
    }

    /// Makes the files that it needs, before the first round.
    default void prepare(Site site) throws IOException {}

    /// One round with one server.
    ///
    /// @throws IOException if the server does not do it
    void run(Site site, Running server, Sheet sheet) throws IOException, InterruptedException;
}
