package io.sealane.vfs;

/// A store at a place in a [MountedStorage].
public record Mount(VirtualPath at, Storage storage) {}
