package io.sealane.accounts;

import java.util.Set;

/// The accounts that may log in at one host. Those of a named realm are called `NAME@REALM`, of
/// which their owners need to write `NAME` alone.
///
/// Security: nobody gets into an account of one realm by way of another.
public sealed interface Realm {
    /// In front of a name it makes one that no account has.
    String NOBODY = "@";

    /// The account of somebody who calls himself `login`; a name that nobody has if it is another
    /// realm's.
    String account(String login);

    /// @param name what stands behind the `@`
    record Named(String name) implements Realm {
        public Named {
            requireName(name);
        }

        @Override
        public String account(String login) {
            String end = "@" + name;
            return login.endsWith(end) ? login : login + end;
        }
    }

    /// All accounts that are in no realm with a name.
    ///
    /// @param named names of those realms
    record Unnamed(Set<String> named) implements Realm {
        /// Where there are no realms: every account.
        public static final Unnamed EVERYBODY = new Unnamed(Set.of());

        public Unnamed {
            named = Set.copyOf(named);
            named.forEach(Realm::requireName);
        }

        @Override
        public String account(String login) {
            int at = login.lastIndexOf('@');
            return at >= 0 && named.contains(login.substring(at + 1)) ? NOBODY + login : login;
        }
    }

    private static void requireName(String name) {
        if (name.isEmpty() || name.contains("@") || UserName.parse("a@" + name).isEmpty()) {
            throw new IllegalArgumentException("not a realm's name: " + name);
        }
    }
}
