package io.sealane.core.command;

import static io.sealane.core.session.Outcome.say;

import io.sealane.core.checksum.HashAlgorithm;
import io.sealane.core.data.ActiveSettings;
import io.sealane.core.data.OtherServers;
import io.sealane.core.event.Event;
import io.sealane.core.session.Outcome;
import io.sealane.core.session.SessionState;
import io.sealane.core.session.SessionState.Member;
import io.sealane.core.session.SessionState.Visitor;
import io.sealane.core.tls.TlsPolicy.Verdict;
import io.sealane.core.wire.Blanks;
import io.sealane.core.wire.CommandLine;
import io.sealane.core.wire.Fact;
import io.sealane.core.wire.Reply;
import io.sealane.core.wire.Verb;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// FEAT and HELP, both made from the command table (RFC 2389 section 3, RFC 959 section 4.1.3).
final class InformationCommands {
    private static final int HELP_LINE_LENGTH = 64;

    private final Services services;
    private final TlsGate tls;

    InformationCommands(Services services) {
        this.tls = new TlsGate(services);
        this.services = services;
    }

    Outcome feat(SessionState state) {
        List<String> lines = new ArrayList<>();
        for (Verb verb : Verb.values()) {
            if (isOn(verb.feature(), state)) {
                verb.featLines().stream()
                        .map(line -> line.replace(Verb.FACTS, Fact.featList(facts(state))))
                        .map(line -> line.replace(Verb.HASHES, hashes(state)))
                        .forEach(lines::add);
            }
        }
        return say(Reply.listing(211, "Features:", lines, "End"), state);
    }

    Outcome help(CommandLine command, SessionState state) {
        String topic = Blanks.between(command.argument()).toUpperCase(Locale.ROOT);
        if (topic.isEmpty()) {
            return say(Reply.listing(214, "Commands:", table(), "End"), state);
        }
        String[] words = topic.split(" +", 2);
        if (words[0].equals(Verb.SITE.name())) {
            return say(SiteCommands.help(words.length > 1 ? words[1] : ""), state);
        }
        Optional<Verb> verb = Verb.named(topic);
        return say(
                verb.map(known -> Reply.help("Syntax: " + known.syntax()))
                        .orElse(Reply.UNKNOWN_COMMAND),
                state);
    }

    /// MODE Z is a feature of a session that may use it as things are.
    private boolean isOn(Verb.Feature feature, SessionState state) {
        return switch (feature) {
            case ALWAYS -> true;
            case AUTH -> services.setup().policy().offersTls() && mayNeedAuth(state);
            case TLS -> services.setup().policy().offersTls();
            case CLEAR_CONTROL -> services.setup().policy().letsControlLeaveTls();
            case VIRTUAL_HOSTS -> services.hosts().exist();
            case SERVER_TO_SERVER ->
                    services.setup().policy().offersTls() && mayReachServers(state);
            case ACTIVE -> services.activeMode() == ActiveSettings.Mode.ENABLED;
            case MODE_Z ->
                    switch (services.transfers()
                            .compression()
                            .decide(tls.policy(state).enforced(), state.link().protection())) {
                        case Verdict.Allowed() -> true;
                        case Verdict.Refused(Reply reply) -> false;
                    };
        };
    }

    /// What began with TLS needs no AUTH, unless it has left TLS.
    private boolean mayNeedAuth(SessionState state) {
        return services.setup().opening() == Event.Opening.IN_THE_CLEAR
                || !state.link().protection().controlByTls();
    }

    /// Before a login whoever comes may be one of those who may.
    private boolean mayReachServers(SessionState state) {
        return switch (state) {
            case Visitor visitor -> services.serverToServer().isOpenToSomebody();
            case Member member ->
                    services.serverToServer().of(member.account().name())
                            instanceof OtherServers.Within;
        };
    }

    private static Set<Fact> facts(SessionState state) {
        return switch (state) {
            case Visitor visitor -> Fact.DEFAULT;
            case Member member -> member.settings().facts();
        };
    }

    private static String hashes(SessionState state) {
        return HashAlgorithm.featList(
                switch (state) {
                    case Visitor visitor -> HashAlgorithm.DEFAULT;
                    case Member member -> member.settings().hashAlgorithm();
                });
    }

    private static List<String> table() {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (Verb verb : Verb.values()) {
            if (verb.service() != Verb.Service.SERVED) {
                continue;
            }
            line.append(String.format(Locale.ROOT, "%-8s", verb.name()));
            if (line.length() >= HELP_LINE_LENGTH) {
                lines.add(line.toString().stripTrailing());
                line.setLength(0);
            }
        }
        if (!line.isEmpty()) {
            lines.add(line.toString().stripTrailing());
        }
        return lines;
    }
}
