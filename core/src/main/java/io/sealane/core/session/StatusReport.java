package io.sealane.core.session;

import io.sealane.core.wire.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// The answer to STAT without an argument (RFC 959 section 4.1.3): the session, and how far what it
/// runs has come.
final class StatusReport {
    private StatusReport() {}

    static Reply of(SessionState state, Optional<Running> running, String client) {
        List<String> facts = new ArrayList<>();
        facts.add("Connected from " + client);
        facts.add(
                state.link().protection().controlByTls()
                        ? "Control connection: protected by TLS"
                        : "Control connection: in the clear");
        switch (state) {
            case SessionState.Visitor visitor -> facts.add("Not logged in");
            case SessionState.Member member -> {
                facts.add("Logged in as " + member.account().name());
                facts.add("TYPE: " + member.settings().representation().code());
                facts.add("MODE: " + member.settings().transmission().mode().code());
                facts.add("Data connections: " + member.link().protection().data());
            }
        }
        running.ifPresent(now ->
                facts.add(
                        now.verb()
                                + " "
                                + Reply.shown(now.path())
                                + ": "
                                + now.octets()
                                + of(now.octetsInAll())
                                + " bytes so far"));
        return Reply.listing(211, "Status", facts, "End of status");
    }

    private static String of(OptionalLong octets) {
        return octets.isPresent() ? " of " + octets.getAsLong() : "";
    }
}
