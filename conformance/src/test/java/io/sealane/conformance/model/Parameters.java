package io.sealane.conformance.model;

import java.util.Locale;
import java.util.Set;

/// What is right after the commands that set how files move. Changes the copy of a model that it is
/// given.
final class Parameters {
    private final Model model;

    Parameters(Model model) {
        this.model = model;
    }

    Answer parameter(String verb, String argument) {
        String value = argument.strip().toUpperCase(Locale.ROOT);
        return switch (verb) {
            case "TYPE" -> type(value);
            case "REST" -> rest(value);
            case "STRU" -> one("F", value);
            case "MODE" -> one("S", value);
            default -> allo(value);
        };
    }

    private Answer type(String value) {
        boolean ascii = Set.of("A", "A N").contains(value);
        if (!ascii && !Set.of("I", "L 8", "L8").contains(value)) {
            return Answer.Says.of(model, 501, 504);
        }
        model.type = ascii ? Cargo.Type.ASCII : Cargo.Type.IMAGE;
        return Answer.Says.of(model, 200);
    }

    private Answer rest(String value) {
        if (!value.matches("[0-9]{1,18}")) {
            model.restart = 0;
            return Answer.Says.of(model, 501);
        }
        model.restart = Long.parseLong(value);
        return new Answer.Says(Set.of(350), Long.toString(model.restart), model);
    }

    private Answer allo(String value) {
        model.announced = value.isEmpty() ? 0 : Long.parseLong(value); // Script has no others.
        return Answer.Says.of(model, 200, 202);
    }

    private Answer one(String served, String value) {
        return value.equals(served) ? Answer.Says.of(model, 200) : Answer.Says.of(model, 501, 504);
    }

    Answer dataPort(String verb, String argument) {
        String value = argument.strip().toUpperCase(Locale.ROOT);
        if (verb.equals("EPSV") && value.equals("ALL")) {
            model.epsvOnly = true;
            return Answer.Says.of(model, 200);
        }
        if (verb.equals("EPSV")) {
            return value.isEmpty() || value.equals("1")
                    ? offering(Model.Offer.PASSIVE, 229)
                    : Answer.Says.of(model, 501, 522);
        }
        if (model.epsvOnly) {
            return Answer.Says.of(model, 501, 503, 522);
        }
        return switch (verb) {
            case "PASV" -> offering(Model.Offer.PASSIVE, 227);
            case "PORT" -> active(DataAddresses.port(argument));
            default -> active(DataAddresses.extended(argument));
        };
    }

    private Answer active(DataAddresses.Verdict verdict) {
        return switch (verdict) {
            case OWN -> offering(Model.Offer.ACTIVE, 200);
            case FOREIGN -> Answer.Says.of(model, 500, 501, 504, 522);
            case OTHER_PROTOCOL -> Answer.Says.of(model, 522);
            case MALFORMED -> Answer.Says.of(model, 501);
        };
    }

    private Answer offering(Model.Offer next, int code) {
        model.offer = next;
        return Answer.Says.of(model, code);
    }
}
