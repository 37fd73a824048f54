package io.sealane.conformance.model;

import io.sealane.testkit.ProbeClient;
import io.sealane.vfs.Storage;
import java.net.InetSocketAddress;

/// A server under test, and what the model may know of it beforehand.
public interface Stage {
    /// How the listener at [#address] wants TLS.
    Place place();

    InetSocketAddress address();

    ProbeClient.Settings settings();

    String user();

    String password();

    /// The account's files.
    Storage storage();

    /// Whether the server gives up passive ports before a test can use them: its limit is short.
    boolean offersMayExpire();

    /// Waits until every session has ended.
    void awaitNoSessions();
}
