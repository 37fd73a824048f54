package io.sealane.vfs;

import io.sealane.vfs.StorageException.Reason;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/// Find where a way ends that leads over links of a store that follows none: a link's text is read,
/// and its names are gone from where the link is, from the root of the store each time. So no way
/// leads out of the store, and what is swapped in meanwhile is met as what it is. Immutable.
///
/// A link leads nowhere if its text is absolute or climbs above the root, or if it is one of a
/// circle. Nor does one by which a user would come to what is covered: one that ends there, below
/// it or at a directory that it is in, one whose text goes through it, and one that stands above
/// it.
final class LinkWay {
    /// Most links on one way, as in Linux.
    static final int LINKS_MAX = 40;

    private static final String UP = "..";
    private static final String HERE = ".";

    private final Storage storage;
    private final List<VirtualPath> covered;

    /// @param covered paths of the store at which users see another
    LinkWay(Storage storage, List<VirtualPath> covered) {
        this.storage = storage;
        this.covered = List.copyOf(covered);
    }

    /// What the links of one path, or of one listing, have cost: names that the store went by.
    /// Belongs to one thread.
    static final class Effort {
        /// Some tenths of a second's work. Ten thousand usual links take most of it.
        private static final int NAMES_MAX = 50_000;

        private int names;

        private boolean isSpent() {
            return names > NAMES_MAX;
        }

        private void spend(VirtualPath path) {
            names += 1 + path.names().size();
        }
    }

    /// Where `path` ends, or where its directory ends and behind that its name. Nothing needs to be
    /// at the end.
    ///
    /// @param count how many of its names are to be gone: all, or all but the last
    /// @return empty if there is no link on the way, or one that leads nowhere
    Optional<VirtualPath> end(VirtualPath path, int count) throws StorageException {
        Journey journey = new Journey(VirtualPath.ROOT, new Effort());
        journey.left.addAll(path.names().subList(0, count));
        Optional<VirtualPath> end = journey.end();
        return count == path.names().size()
                ? end
                : end.flatMap(directory -> VirtualPath.resolve(directory, path.name()));
    }

    /// The end of a link, and what is there.
    record End(VirtualPath path, Entry entry) {}

    /// Where the link at `path`, which no other leads to, ends.
    ///
    /// @return empty if it leads nowhere, or too much was spent
    Optional<End> follow(VirtualPath path, Entry link, Effort effort) {
        try {
            Journey journey = new Journey(path.parent(), effort);
            if (!journey.isOver(path, link)) {
                return Optional.empty();
            }
            Optional<VirtualPath> end = journey.end();
            return end.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new End(end.get(), storage.stat(end.get())));
        } catch (StorageException _) {
            return Optional.empty(); // There is nothing, and that is no reason to end a listing.
        }
    }

    private boolean isCovered(VirtualPath path) {
        return covered.stream().anyMatch(path::startsWith);
    }

    private boolean isAboveCovered(VirtualPath path) {
        return covered.stream().anyMatch(at -> at.startsWith(path));
    }

    /// One way, gone once. Belongs to one thread.
    private final class Journey {
        private final Effort effort;

        /// Names still to be gone.
        private final Deque<String> left = new ArrayDeque<>();

        /// For each link whose text is being gone, the last first, how many of them are behind it.
        private final Deque<Integer> behind = new ArrayDeque<>();

        private VirtualPath reached;
        private int links;

        /// @param from a directory that no link leads to
        Journey(VirtualPath from, Effort effort) {
            this.reached = from;
            this.effort = effort;
        }

        Optional<VirtualPath> end() throws StorageException {
            while (!left.isEmpty() || !behind.isEmpty()) {
                boolean isTextDone = !behind.isEmpty() && left.size() == textEnd();
                boolean leadsOn = isTextDone ? leave() : step();
                if (!leadsOn) {
                    return Optional.empty();
                }
            }
            return links == 0 ? Optional.empty() : Optional.of(reached);
        }

        /// How many names are left when the text that is being gone is done.
        private int textEnd() {
            return behind.isEmpty() ? 0 : behind.peek();
        }

        /// A link's text has been gone.
        private boolean leave() {
            behind.pop();
            return !isCovered(reached) && !isAboveCovered(reached);
        }

        private boolean step() throws StorageException {
            if (left.peek().equals(HERE)) {
                left.pop();
                if (!stat(reached).isDirectory()) {
                    throw new StorageException(Reason.NOT_A_DIRECTORY, reached + " is a file");
                }
                return true;
            }
            if (left.peek().equals(UP)) {
                left.pop();
                boolean isAbove = reached.isRoot();
                reached = reached.parent();
                return !isAbove;
            }
            List<String> names = plainNames();
            Optional<VirtualPath> further = VirtualPath.resolve(reached, String.join("/", names));
            return further.isPresent() && !isCovered(further.get()) && isGone(further.get());
        }

        /// Those in front of a step up, of the end of a link's text, and of what it says at its end
        /// to be a directory.
        private List<String> plainNames() {
            int most = left.size() - textEnd();
            List<String> names = new ArrayList<>();
            for (String name : left) {
                if (names.size() == most || name.equals(UP) || name.equals(HERE)) {
                    break;
                }
                names.add(name);
            }
            return names;
        }

        /// Goes to `further`, or to the first link on the way there and over that.
        private boolean isGone(VirtualPath further) throws StorageException {
            VirtualPath at = further;
            Entry entry;
            try {
                entry = stat(at);
            } catch (StorageException failed) {
                boolean isEnd = at.names().size() - reached.names().size() == left.size();
                if (failed.reason() == Reason.NOT_FOUND && isEnd) {
                    left.clear();
                    reached = at;
                    return true;
                }
                if (failed.reason() != Reason.NOT_A_DIRECTORY) {
                    throw failed;
                }
                at = firstNoDirectory(further);
                entry = stat(at);
            }
            for (int gone = at.names().size() - reached.names().size(); gone > 0; gone--) {
                left.pop();
            }
            if (entry.isLink()) {
                return isOver(at, entry);
            }
            if (!left.isEmpty() && !entry.isDirectory()) {
                throw new StorageException(Reason.NOT_A_DIRECTORY, at + " is on the way");
            }
            reached = at;
            return true;
        }

        /// The store refuses what is behind something that is no directory, so this can be halved.
        private VirtualPath firstNoDirectory(VirtualPath refused) throws StorageException {
            int directory = reached.names().size();
            int behindIt = refused.names().size();
            while (behindIt - directory > 1) {
                int middle = (directory + behindIt) / 2;
                if (isDirectory(first(refused, middle))) {
                    directory = middle;
                } else {
                    behindIt = middle;
                }
            }
            return first(refused, behindIt);
        }

        private boolean isDirectory(VirtualPath path) throws StorageException {
            try {
                return stat(path).isDirectory();
            } catch (StorageException failed) {
                if (failed.reason() == Reason.NOT_A_DIRECTORY) {
                    return false;
                }
                throw failed;
            }
        }

        private static VirtualPath first(VirtualPath path, int count) {
            return new VirtualPath(path.names().subList(0, count));
        }

        /// Takes the names in the text of the link at `path`, to whose directory this has come.
        private boolean isOver(VirtualPath path, Entry link) {
            links++;
            if (link.target().isEmpty() || links > LINKS_MAX || isAboveCovered(path)) {
                return false;
            }
            reached = path.parent();
            behind.push(left.size());
            List<String> names = List.of(link.target().get().split("/", -1)).reversed();
            if (isBlank(names.getFirst())) {
                left.push(HERE);
            }
            names.stream().filter(name -> !isBlank(name)).forEach(left::push);
            return true;
        }

        private static boolean isBlank(String name) {
            return name.isEmpty() || name.equals(HERE);
        }

        private Entry stat(VirtualPath path) throws StorageException {
            if (effort.isSpent()) {
                throw new StorageException(Reason.NOT_PERMITTED, path + " is too costly to go to");
            }
            effort.spend(path);
            return storage.stat(path);
        }
    }
}
