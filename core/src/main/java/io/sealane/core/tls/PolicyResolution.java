package io.sealane.core.tls;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// TLS policy as it comes about, from the general to the special: what the listener says, then the
/// account, then the mount. Of two that have an opinion the stricter wins; a looser one counts only
/// if the one it would loosen may be overridden, which only the listener may be, and not in what
/// its handshake decides before anybody else has a say. Immutable.
///
/// @param policy what holds
/// @param rulings why, one for each rule
public record PolicyResolution(TlsPolicy policy, List<Ruling> rulings) {
    /// Whether those who come later may ask for less.
    public enum Overridable {
        NO,
        YES
    }

    /// One who has an opinion.
    ///
    /// @param name for people: `listener explicit`, `user alice`, `mount /secret`
    public record Layer(String name, TlsDemands demands) {}

    /// How one rule came about.
    ///
    /// @param value what holds
    /// @param source who says so
    /// @param overruled what others wanted, each in words
    public record Ruling(PolicyRule rule, String value, String source, List<String> overruled) {
        public Ruling {
            overruled = List.copyOf(overruled);
        }

        @Override
        public String toString() {
            String why = "%-18s %-12s by %s".formatted(rule.word(), value, source);
            return overruled.isEmpty() ? why : why + "; " + String.join("; ", overruled);
        }
    }

    private static final Comparator<Requirement> REQUIREMENTS = Comparator.reverseOrder();
    private static final Comparator<SessionBinding> BINDINGS = Comparator.reverseOrder();
    private static final Comparator<UploadEnd> ENDS = Comparator.reverseOrder();
    private static final Comparator<TlsVersion> VERSIONS = Comparator.naturalOrder();

    public PolicyResolution {
        rulings = List.copyOf(rulings);
    }

    /// What the listener says, and nobody else.
    ///
    /// @param name of the listener
    public static PolicyResolution ofListener(TlsPolicy policy, String name) {
        return resolve(policy, "listener " + name, Overridable.NO, List.of());
    }

    /// Resolves, the more special later.
    ///
    /// @param name of who `general` is from, for people
    public static PolicyResolution resolve(
            TlsPolicy general, String name, Overridable overridable, List<Layer> special) {
        Scale scale = new Scale(name, overridable, special);
        Resolved<Requirement> control =
                scale.weigh(
                        PolicyRule.CONTROL, general.control(), TlsDemands::control, REQUIREMENTS);
        Resolved<Requirement> data =
                scale.weigh(PolicyRule.DATA, general.data(), TlsDemands::data, REQUIREMENTS);
        Resolved<TlsVersion> version =
                scale.weigh(
                        PolicyRule.LEAST_VERSION,
                        general.leastVersion(),
                        TlsDemands::leastVersion,
                        VERSIONS);
        Resolved<SessionBinding> binding =
                scale.weigh(
                        PolicyRule.SESSION_BINDING,
                        general.binding(),
                        TlsDemands::binding,
                        BINDINGS);
        Resolved<Requirement> certificate =
                scale.weigh(
                        PolicyRule.CLIENT_CERTIFICATE,
                        general.clientCertificate(),
                        TlsDemands::clientCertificate,
                        REQUIREMENTS);
        Resolved<UploadEnd> end =
                scale.weigh(
                        PolicyRule.UPLOAD_END, general.uploadEnd(), TlsDemands::uploadEnd, ENDS);
        return new PolicyResolution(
                new TlsPolicy(
                        general.mode(),
                        control.value,
                        data.value,
                        version.value,
                        binding.value,
                        certificate.value,
                        end.value,
                        general.concessions()),
                List.of(
                        control.ruling,
                        data.ruling,
                        version.ruling,
                        binding.ruling,
                        certificate.ruling,
                        end.ruling));
    }

    /// What would hold if `options.observe()` were enforced. It stands where the listener's policy
    /// stands, so whoever may be excepted from the one may be from the other.
    public static PolicyResolution observed(
            TlsPolicy listener, String name, PolicyOptions options, List<Layer> special) {
        String observe = "observe of " + name;
        TlsPolicy tightened =
                resolve(
                                listener,
                                name,
                                Overridable.NO,
                                List.of(new Layer(observe, options.observe())))
                        .policy();
        return resolve(tightened, observe, options.overridable(), special);
    }

    private record Resolved<T>(T value, Ruling ruling) {}

    @FunctionalInterface
    private interface Opinion<T> {
        Optional<T> of(TlsDemands demands);
    }

    private record Scale(String name, Overridable overridable, List<Layer> special) {
        /// @param strictness the stricter value is the greater one
        <T extends Enum<T>> Resolved<T> weigh(
                PolicyRule rule, T general, Opinion<T> opinion, Comparator<T> strictness) {
            T value = general;
            String source = name;
            Overridable yields = rule.isUpToHandshake() ? Overridable.NO : overridable;
            List<String> overruled = new ArrayList<>();
            for (Layer layer : special) {
                Optional<T> wanted = opinion.of(layer.demands());
                if (wanted.isEmpty()) {
                    continue;
                }
                if (wanted.get() == value) {
                    yields = Overridable.NO;
                    continue;
                }
                boolean stricter = strictness.compare(wanted.get(), value) > 0;
                if (stricter || yields == Overridable.YES) {
                    overruled.add("%s by %s".formatted(TlsDemands.word(value), source));
                    value = wanted.get();
                    source = layer.name();
                    yields = Overridable.NO;
                } else {
                    overruled.add(
                            "%s by %s is looser"
                                    .formatted(TlsDemands.word(wanted.get()), layer.name()));
                }
            }
            return new Resolved<>(
                    value, new Ruling(rule, TlsDemands.word(value), source, overruled));
        }
    }
}
