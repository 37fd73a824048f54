package io.sealane.config;

import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/// How a value is written.
///
/// @param allowed completes "allowed: ..."
/// @param parser total: answers for any text, throws for none
/// @param shown what of a wrong value may be shown
record Format<T>(String allowed, Function<String, Parsed<T>> parser, UnaryOperator<String> shown) {
    static <T> Format<T> of(String allowed, Function<String, Optional<T>> parser) {
        return new Format<>(
                allowed, text -> Parsed.of(parser.apply(text)), UnaryOperator.identity());
    }

    Parsed<T> parse(String text) {
        return parser.apply(text);
    }
}
