package io.sealane.vfs;

import io.sealane.vfs.StorageException.Reason;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Join stores into one tree. Of the mounts whose path is a prefix of a request's path the longest
/// gets the request. Immutable; as safe from any thread as the stores are.
///
/// Mount points, and the directories that lead to them, are always there: a listing shows each of
/// them exactly once, as a directory, whatever the store below has by that name; nobody can remove
/// or rename them.
public final class MountedStorage implements Storage {
    private static final String OWNER = "ftp";
    private static final int MODE = 0555;

    private final List<Mount> mounts;
    private final Place root;
    private final StorageAbilities abilities;
    private final Instant mountedAt;

    private MountedStorage(
            List<Mount> mounts, Place root, StorageAbilities abilities, Instant mountedAt) {
        this.mounts = mounts;
        this.root = root;
        this.abilities = abilities;
        this.mountedAt = mountedAt;
    }

    /// @param mounts in the order in which listings show them
    /// @param clock gives directories that no store has their time
    /// @throws IllegalArgumentException if two are at the same path
    public static MountedStorage of(List<Mount> mounts, InstantSource clock) {
        int places = 0;
        Place root = new Place(VirtualPath.ROOT, places++);
        for (int number = 0; number < mounts.size(); number++) {
            Mount mount = mounts.get(number);
            Place place = root;
            for (String name : mount.at().names()) {
                VirtualPath path = place.path.child(name);
                Place below = place.below.get(name);
                if (below == null) {
                    below = new Place(path, places++);
                    place.below.put(name, below);
                }
                place = below;
            }
            if (place.mounted != null) {
                throw new IllegalArgumentException("two mounts at " + mount.at());
            }
            place.mounted = new Mounted(number, mount.at(), mount.storage());
        }
        return new MountedStorage(List.copyOf(mounts), root, abilitiesOf(mounts), clock.instant());
    }

    /// What at least one of the stores can do; a store that cannot answers `UNSUPPORTED`. But the
    /// promise of an atomic replacement is only given if all stores keep it.
    @Override
    public StorageAbilities abilities() {
        return abilities;
    }

    @Override
    public VirtualPath end(VirtualPath path) throws StorageException {
        if (placeAt(path).isPresent()) {
            return path;
        }
        Target target = locate(path);
        return target.mounted.at.descendant(target.storage().end(target.path));
    }

    @Override
    public Storage withoutLinks() {
        return of(
                mounts.stream()
                        .map(mount -> new Mount(mount.at(), mount.storage().withoutLinks()))
                        .toList(),
                () -> mountedAt);
    }

    @Override
    public Entry stat(VirtualPath path) throws StorageException {
        Optional<Place> place = placeAt(path);
        if (place.isPresent()) {
            return entryOf(place.get());
        }
        Target target = locate(path);
        return target.mounted.shown(target.storage().stat(target.path));
    }

    @Override
    public Optional<String> revision(VirtualPath file) throws StorageException {
        if (placeAt(file).isPresent()) {
            return Optional.empty();
        }
        Target target = locate(file);
        return target.storage()
                .revision(target.path)
                .map(revision -> target.mounted.number + "." + revision);
    }

    @Override
    public long partialSize(VirtualPath path) throws StorageException {
        if (placeAt(path).isPresent()) {
            throw refuse(Reason.NOT_FOUND, path);
        }
        Target target = locate(path);
        return target.storage().partialSize(target.path);
    }

    @Override
    public boolean isHalfReplaced(VirtualPath file) throws StorageException {
        if (placeAt(file).isPresent()) {
            return false;
        }
        Target target = locate(file);
        return target.storage().isHalfReplaced(target.path);
    }

    @Override
    public DirectoryReader list(VirtualPath directory) throws StorageException {
        Map<String, Entry> places = new LinkedHashMap<>();
        Optional<Place> place = placeAt(directory);
        if (place.isPresent()) {
            for (Map.Entry<String, Place> below : place.get().below.entrySet()) {
                places.put(below.getKey(), entryOf(below.getValue()));
            }
            if (place.get().mounted == null && storedDirectory(place.get()).isEmpty()) {
                return MergedReader.ofPlaces(places);
            }
        }
        Target target = locate(directory);
        return MergedReader.of(places, target.mounted, target.storage().list(target.path));
    }

    @Override
    public FileReader openForRead(VirtualPath file) throws StorageException {
        requireNoPlace(file, Reason.IS_A_DIRECTORY);
        Target target = locate(file);
        return target.storage().openForRead(target.path);
    }

    @Override
    public Upload openForWrite(VirtualPath file, Placement placement) throws StorageException {
        requireNoPlace(file, Reason.IS_A_DIRECTORY);
        Target target = locateNew(file);
        return target.storage().openForWrite(target.path, placement);
    }

    @Override
    public void createDirectory(VirtualPath directory) throws StorageException {
        requireNoPlace(directory, Reason.ALREADY_EXISTS);
        Target target = locateNew(directory);
        target.storage().createDirectory(target.path);
    }

    @Override
    public void createLink(VirtualPath link, VirtualPath target) throws StorageException {
        requireNoPlace(link, Reason.ALREADY_EXISTS);
        Target from = locateNew(link);
        Target to = locate(target);
        if (from.mounted.number != to.mounted.number) {
            throw refuse(Reason.CROSSES_STORES, target);
        }
        from.storage().createLink(from.path, to.path);
    }

    @Override
    public void removeDirectory(VirtualPath directory) throws StorageException {
        requireNoPlace(directory, Reason.NOT_PERMITTED);
        Target target = locate(directory);
        target.storage().removeDirectory(target.path);
    }

    @Override
    public void deleteFile(VirtualPath file) throws StorageException {
        requireNoPlace(file, Reason.IS_A_DIRECTORY);
        Target target = locate(file);
        target.storage().deleteFile(target.path);
    }

    @Override
    public void rename(VirtualPath from, VirtualPath to) throws StorageException {
        requireNoPlace(from, Reason.NOT_PERMITTED);
        Target source = locate(from);
        requireNoPlace(to, Reason.ALREADY_EXISTS);
        Target target = locateNew(to);
        if (source.mounted.number != target.mounted.number) {
            throw refuse(Reason.CROSSES_STORES, to);
        }
        source.storage().rename(source.path, target.path);
    }

    @Override
    public void setModified(VirtualPath path, Instant modified) throws StorageException {
        requireNoPlace(path, Reason.NOT_PERMITTED);
        Target target = locate(path);
        target.storage().setModified(target.path, modified);
    }

    @Override
    public long bytesAvailable(VirtualPath directory) throws StorageException {
        Optional<Place> place = placeAt(directory);
        if (place.isPresent()
                && place.get().mounted == null
                && storedDirectory(place.get()).isEmpty()) {
            return 0; // It only leads to mount points and takes no names.
        }
        Target target = locate(directory);
        return target.storage().bytesAvailable(target.path);
    }

    @Override
    public void setMode(VirtualPath path, int mode) throws StorageException {
        requireNoPlace(path, Reason.NOT_PERMITTED);
        Target target = locate(path);
        target.storage().setMode(target.path, mode);
    }

    private static StorageAbilities abilitiesOf(List<Mount> mounts) {
        List<StorageAbilities> all = mounts.stream().map(m -> m.storage().abilities()).toList();
        return new StorageAbilities(
                all.stream().anyMatch(StorageAbilities::rename),
                all.stream().anyMatch(StorageAbilities::append),
                all.stream().anyMatch(StorageAbilities::restart),
                all.stream().anyMatch(StorageAbilities::setModified),
                all.stream().anyMatch(StorageAbilities::setMode),
                all.stream().allMatch(StorageAbilities::atomicReplace));
    }

    /// The mount point, or directory leading to one, that `path` is.
    private Optional<Place> placeAt(VirtualPath path) {
        Place place = root;
        for (String name : path.names()) {
            place = place.below.get(name);
            if (place == null) {
                return Optional.empty();
            }
        }
        return Optional.of(place);
    }

    /// The mount with the longest prefix of `path`.
    private Optional<Mounted> mountedFor(VirtualPath path) {
        Mounted longest = root.mounted;
        Place place = root;
        for (String name : path.names()) {
            place = place.below.get(name);
            if (place == null) {
                break;
            }
            longest = place.mounted == null ? longest : place.mounted;
        }
        return Optional.ofNullable(longest);
    }

    private Target locate(VirtualPath path) throws StorageException {
        Mounted mounted = mountedFor(path).orElseThrow(() -> refuse(Reason.NOT_FOUND, path));
        return new Target(mounted, path.relativeTo(mounted.at));
    }

    /// As [#locate], for a name to be created. A directory that only leads to mount points takes no
    /// new names: no store has it.
    private Target locateNew(VirtualPath path) throws StorageException {
        Optional<Place> place = placeAt(path.parent());
        if (place.isPresent() && storedDirectory(place.get()).isEmpty()) {
            throw refuse(Reason.NOT_PERMITTED, path);
        }
        return locate(path);
    }

    private void requireNoPlace(VirtualPath path, Reason otherwise) throws StorageException {
        if (placeAt(path).isPresent()) {
            throw refuse(otherwise, path);
        }
    }

    private Entry entryOf(Place place) throws StorageException {
        return storedDirectory(place)
                .map(entry -> entry.named(place.path.name()).allowing(lasting(entry.access())))
                .orElseGet(() -> madeUp(place));
    }

    /// What the responsible store has at `place`, if that is a directory and no link to one.
    private Optional<Entry> storedDirectory(Place place) throws StorageException {
        Optional<Mounted> responsible = mountedFor(place.path);
        if (responsible.isEmpty()) {
            return Optional.empty();
        }
        Mounted mounted = responsible.get();
        try {
            Entry entry = mounted.storage.stat(place.path.relativeTo(mounted.at));
            return Optional.of(mounted.shown(entry))
                    .filter(Entry::isDirectory)
                    .filter(there -> !there.isLink());
        } catch (StorageException e) {
            // A mounted store that fails is still shown, so that its neighbors can be listed.
            boolean isAbsent =
                    e.reason() == Reason.NOT_FOUND || e.reason() == Reason.NOT_A_DIRECTORY;
            if (isAbsent || place.mounted != null) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /// Nobody can remove a place.
    private static Access lasting(Access stored) {
        return new Access(stored.read(), stored.write(), stored.enter(), false);
    }

    private Entry madeUp(Place place) {
        return new Entry(
                place.path.name(),
                Entry.Kind.DIRECTORY,
                0,
                mountedAt,
                OptionalInt.of(MODE),
                OWNER,
                OWNER,
                1,
                "m" + place.number,
                Access.VISIT,
                Optional.empty());
    }

    private static StorageException refuse(Reason reason, VirtualPath path) {
        return new StorageException(reason, path + ": " + reason);
    }

    /// A mount point, or a directory leading to one. Not changed once the tree is built.
    private static final class Place {
        private final VirtualPath path;
        private final int number; // no two of a tree have the same
        private final Map<String, Place> below = new LinkedHashMap<>();
        private @Nullable Mounted mounted;

        Place(VirtualPath path, int number) {
            this.path = path;
            this.number = number;
        }
    }

    /// @param number tells the stores' file keys apart
    private record Mounted(int number, VirtualPath at, Storage storage) {
        Entry shown(Entry entry) {
            return entry.keyed(number + "." + entry.fileKey());
        }
    }

    /// A path as its store knows it.
    private record Target(Mounted mounted, VirtualPath path) {
        Storage storage() {
            return mounted.storage;
        }
    }

    /// Shows the places first, then what the store has by other names.
    private static final class MergedReader implements DirectoryReader {
        private final Set<String> places;
        private final Iterator<Entry> placesLeft;
        private final @Nullable Mounted mounted;
        private final @Nullable DirectoryReader stored; // owned

        private MergedReader(
                Map<String, Entry> places,
                @Nullable Mounted mounted,
                @Nullable DirectoryReader stored) {
            this.places = places.keySet();
            this.placesLeft = places.values().iterator();
            this.mounted = mounted;
            this.stored = stored;
        }

        static MergedReader ofPlaces(Map<String, Entry> places) {
            return new MergedReader(places, null, null);
        }

        static MergedReader of(Map<String, Entry> places, Mounted mounted, DirectoryReader stored) {
            return new MergedReader(places, mounted, stored);
        }

        @Override
        public @Nullable Entry next() throws StorageException {
            if (placesLeft.hasNext()) {
                return placesLeft.next();
            }
            if (mounted == null || stored == null) {
                return null;
            }
            Entry entry = stored.next();
            while (entry != null && places.contains(entry.name())) {
                entry = stored.next();
            }
            return entry == null ? null : mounted.shown(entry);
        }

        @Override
        public void close() {
            if (stored != null) {
                stored.close();
            }
        }
    }
}
