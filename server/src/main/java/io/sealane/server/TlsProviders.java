package io.sealane.server;

import io.sealane.config.ListenerConfig;
import io.sealane.config.SealaneConfig;
import io.sealane.config.TlsProviderName;
import io.sealane.core.tls.JsseProvider;
import io.sealane.core.tls.TlsException;
import io.sealane.core.tls.TlsProvider;
import io.sealane.server.log.EventLog;
import io.sealane.tls.boringssl.BoringSslProvider;
import java.lang.System.Logger.Level;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/// Who makes the TLS engines of each listener. BoringSSL takes a third of the whole start to load,
/// and most of the others need nothing of it.
public final class TlsProviders {
    private final CompletableFuture<TlsProvider> chosen;
    private final Optional<TlsProvider> forOldDevices;

    private TlsProviders(
            CompletableFuture<TlsProvider> chosen, Optional<TlsProvider> forOldDevices) {
        this.chosen = chosen;
        this.forOldDevices = forOldDevices;
    }

    /// Begins to load them. Before TLS is used in any other way: the JDK asks once what it is to
    /// refuse.
    ///
    /// @throws StartFailure if there is a legacy listener, and the JDK refuses old TLS
    static TlsProviders load(SealaneConfig config, EventLog log) throws StartFailure {
        Optional<TlsProvider> forOldDevices = forOldDevices(config);
        return new TlsProviders(
                CompletableFuture.supplyAsync(
                        () -> chosen(config.tls().provider(), log),
                        work -> Thread.ofPlatform().daemon().name("tls-provider").start(work)),
                forOldDevices);
    }

    /// The one that the configuration names, or what takes its place. Waits until it is loaded.
    TlsProvider chosen() {
        return chosen.join();
    }

    /// Security: what is arranged for old devices alone is not for the others.
    ///
    /// @throws StartFailure if JSSE has to take BoringSSL's place beside a legacy listener
    void requireApartFromOldDevices(SealaneConfig config) throws StartFailure {
        requireApart(config, this::chosen, forOldDevices.isPresent());
    }

    private static void requireApart(
            SealaneConfig config, Supplier<TlsProvider> chosen, boolean hasOldDevices)
            throws StartFailure {
        if (hasOldDevices
                && config.tls().provider() == TlsProviderName.BORINGSSL
                && chosen.get() instanceof JsseProvider) {
            throw new StartFailure(
                    "tls.provider: BoringSSL does not load here, and there is a listener with"
                            + " tls.legacy; say jsse to have the JDK's TLS for all");
        }
    }

    /// What would keep a server of this configuration from starting, for people. Before TLS is used
    /// in any other way.
    public static Optional<String> fault(SealaneConfig config) {
        try {
            boolean hasOldDevices = forOldDevices(config).isPresent();
            requireApart(config, () -> named(config.tls().provider()), hasOldDevices);
            return Optional.empty();
        } catch (StartFailure failed) {
            return Optional.of(String.valueOf(failed.getMessage()));
        }
    }

    TlsProvider of(ListenerConfig listener) {
        return ListenerPolicies.isLegacy(listener) ? forOldDevices.orElseThrow() : chosen();
    }

    private static Optional<TlsProvider> forOldDevices(SealaneConfig config) throws StartFailure {
        Optional<ListenerConfig> legacy =
                config.listeners().stream().filter(ListenerPolicies::isLegacy).findFirst();
        if (legacy.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    switch (config.tls().provider()) {
                        case BORINGSSL -> JsseProvider.forOldDevices();
                        case JSSE -> JsseProvider.forOldDevicesToo();
                    });
        } catch (TlsException refused) {
            throw new StartFailure(
                    "listener " + legacy.get().name() + ": tls.legacy: " + refused.getMessage(),
                    refused);
        }
    }

    /// The one of that name, or what takes its place on this machine.
    public static TlsProvider named(TlsProviderName wanted) {
        return switch (wanted) {
            case BORINGSSL ->
                    BoringSslProvider.load()
                            .<TlsProvider>map(loaded -> loaded)
                            .orElseGet(JsseProvider::new);
            case JSSE -> new JsseProvider();
        };
    }

    private static TlsProvider chosen(TlsProviderName wanted, EventLog log) {
        TlsProvider provider = named(wanted);
        log.note(Level.INFO, "tls-provider", provider.name());
        return provider;
    }
}
