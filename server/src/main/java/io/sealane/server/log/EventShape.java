package io.sealane.server.log;

import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// How events of one record class are named in the log, read from the class once.
record EventShape(String name, List<Component> components) {
    /// One component of the record: its key in the log and how to read it.
    ///
    /// @param path accessors, each of what the one before it gives
    record Component(String key, List<Method> path) {
        @Nullable Object of(Object event) {
            Object value = event;
            try {
                for (Method accessor : path) {
                    value = accessor.invoke(value);
                }
                return value;
            } catch (ReflectiveOperationException impossible) {
                throw new IllegalStateException("components of events are public", impossible);
            }
        }
    }

    static EventShape of(Class<?> type) {
        return new EventShape(
                kebab(type.getSimpleName()),
                Arrays.stream(type.getRecordComponents())
                        .flatMap(part -> components(part, List.of()))
                        .toList());
    }

    private static Stream<Component> components(RecordComponent part, List<Method> outer) {
        List<Method> path = Stream.concat(outer.stream(), Stream.of(part.getAccessor())).toList();
        return part.getType().isRecord()
                ? Arrays.stream(part.getType().getRecordComponents())
                        .flatMap(inner -> components(inner, path))
                : Stream.of(new Component(kebab(part.getName()), path));
    }

    /// `LoginAccepted` and `loginAccepted` become `login-accepted`.
    private static String kebab(String name) {
        return name.replaceAll("([a-z])([A-Z])", "$1-$2").toLowerCase(Locale.ROOT);
    }
}
