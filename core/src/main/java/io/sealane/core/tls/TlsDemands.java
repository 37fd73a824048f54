package io.sealane.core.tls;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// What somebody (an account, a mount, a policy that is tried) demands of TLS. About what it does
/// not mention it has no opinion.
///
/// As text: `control=required least-version=1.3`, rules and values in the words of the
/// configuration, separated by blanks. Immutable.
public record TlsDemands(
        Optional<Requirement> control,
        Optional<Requirement> data,
        Optional<TlsVersion> leastVersion,
        Optional<SessionBinding> binding,
        Optional<Requirement> clientCertificate,
        Optional<UploadEnd> uploadEnd) {
    public static final TlsDemands NONE =
            new TlsDemands(
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty());

    private static final char ASSIGNS = '=';

    /// Reads what [#toString] writes.
    ///
    /// @throws IllegalArgumentException with words for a person, if a rule or value is unknown or a
    ///   rule is there twice
    public static TlsDemands parse(String text) {
        Map<PolicyRule, String> found = new EnumMap<>(PolicyRule.class);
        for (String term : text.strip().split("\\s+")) {
            if (term.isEmpty()) {
                continue;
            }
            int assigns = term.indexOf(ASSIGNS);
            PolicyRule rule =
                    PolicyRule.of(term.substring(0, Math.max(0, assigns)))
                            .orElseThrow(() -> new IllegalArgumentException(unknown(term)));
            if (found.put(rule, term.substring(assigns + 1)) != null) {
                throw new IllegalArgumentException(rule.word() + " is there twice");
            }
        }
        return new TlsDemands(
                requirement(PolicyRule.CONTROL, found),
                requirement(PolicyRule.DATA, found),
                value(PolicyRule.LEAST_VERSION, found, List.copyOf(TlsVersion.modern())),
                value(PolicyRule.SESSION_BINDING, found, List.of(SessionBinding.values())),
                requirement(PolicyRule.CLIENT_CERTIFICATE, found),
                value(PolicyRule.UPLOAD_END, found, List.of(UploadEnd.values())));
    }

    public boolean isNone() {
        return equals(NONE);
    }

    /// Whether it demands itself what `policy` has for `rule`.
    public boolean isSourceOf(TlsPolicy policy, PolicyRule rule) {
        return switch (rule) {
            case CONTROL -> control.filter(policy.control()::equals).isPresent();
            case DATA -> data.filter(policy.data()::equals).isPresent();
            case LEAST_VERSION -> leastVersion.filter(policy.leastVersion()::equals).isPresent();
            case SESSION_BINDING -> binding.filter(policy.binding()::equals).isPresent();
            case CLIENT_CERTIFICATE ->
                    clientCertificate.filter(policy.clientCertificate()::equals).isPresent();
            case UPLOAD_END -> uploadEnd.filter(policy.uploadEnd()::equals).isPresent();
        };
    }

    /// How a value is written.
    static String word(Enum<?> value) {
        return value instanceof TlsVersion version
                ? version.number()
                : value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    @Override
    public String toString() {
        return Arrays.stream(PolicyRule.values())
                .flatMap(rule -> value(rule).stream().map(value -> rule.word() + ASSIGNS + value))
                .collect(Collectors.joining(" "));
    }

    private Optional<String> value(PolicyRule rule) {
        Optional<? extends Enum<?>> value =
                switch (rule) {
                    case CONTROL -> control;
                    case DATA -> data;
                    case LEAST_VERSION -> leastVersion;
                    case SESSION_BINDING -> binding;
                    case CLIENT_CERTIFICATE -> clientCertificate;
                    case UPLOAD_END -> uploadEnd;
                };
        return value.map(TlsDemands::word);
    }

    private static Optional<Requirement> requirement(
            PolicyRule rule, Map<PolicyRule, String> found) {
        return value(rule, found, List.of(Requirement.values()));
    }

    private static <T extends Enum<T>> Optional<T> value(
            PolicyRule rule, Map<PolicyRule, String> found, List<T> allowed) {
        String wanted = found.get(rule);
        if (wanted == null) {
            return Optional.empty();
        }
        return Optional.of(
                allowed.stream()
                        .filter(one -> word(one).equals(wanted))
                        .findFirst()
                        .orElseThrow(() ->
                                new IllegalArgumentException(
                                        "%s cannot be %s; allowed: %s"
                                                .formatted(rule.word(), wanted, words(allowed)))));
    }

    private static String words(List<? extends Enum<?>> values) {
        return values.stream().map(TlsDemands::word).collect(Collectors.joining(", "));
    }

    private static String unknown(String term) {
        return "%s is no RULE=VALUE; rules: %s"
                .formatted(
                        term,
                        Arrays.stream(PolicyRule.values())
                                .map(PolicyRule::word)
                                .collect(Collectors.joining(", ")));
    }
}
