package io.sealane.core.limit;

import java.net.InetAddress;
import java.util.function.Predicate;

/// Who may use a listener. Safe from any thread.
///
/// @param clients addresses that may connect
/// @param users names of users who may log in
public record Admittance(Predicate<InetAddress> clients, Predicate<String> users) {
    public static final Admittance EVERYBODY = new Admittance(client -> true, user -> true);
}
