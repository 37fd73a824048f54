package io.sealane.core.tls;

import io.sealane.core.tls.PolicyResolution.Layer;
import java.util.List;

/// What TLS policy holds for a session or at a path, and what would hold there if what the listener
/// tries were enforced. Immutable.
///
/// @param enforced what refuses
/// @param observed as strict as `enforced` or stricter: what it alone refuses is noted
public record EffectivePolicy(TlsPolicy enforced, TlsPolicy observed) {
    /// Resolves both.
    ///
    /// @param name of the listener, for people
    /// @param special what others demand, the more special later
    public static EffectivePolicy resolve(
            TlsPolicy listener, String name, PolicyOptions options, List<Layer> special) {
        TlsPolicy enforced =
                special.isEmpty()
                        ? listener
                        : PolicyResolution.resolve(listener, name, options.overridable(), special)
                                .policy();
        return new EffectivePolicy(
                enforced,
                options.observe().isNone()
                        ? enforced
                        : PolicyResolution.observed(listener, name, options, special).policy());
    }
}
