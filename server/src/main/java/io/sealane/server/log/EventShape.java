package io.sealane.server.log;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// How events of one record class are named in the log, read from the class once.
record EventShape(String name, List<Component> components) {
    /// One component of the record: its key in the log and how to read it.
    record Component(String key, Method accessor) {
        @Nullable Object of(Object event) {
            try {
                return accessor.invoke(event);
            } catch (ReflectiveOperationException impossible) {
                throw new IllegalStateException("components of events are public", impossible);
            }
        }
    }

    static EventShape of(Class<?> type) {
        List<Component> components =
                Arrays.stream(type.getRecordComponents())
                        .map(part -> new Component(kebab(part.getName()), part.getAccessor()))
                        .toList();
        return new EventShape(kebab(type.getSimpleName()), components);
    }

    /// `LoginAccepted` and `loginAccepted` become `login-accepted`.
    private static String kebab(String name) {
        return name.replaceAll("([a-z])([A-Z])", "$1-$2").toLowerCase(Locale.ROOT);
    }
}
