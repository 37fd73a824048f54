/// Who may enter, and what they may do. Entry type: [io.sealane.accounts.Authenticator]. Everything
/// here is immutable or safe from any thread; calls that verify a password block. Serves USER and
/// PASS (RFC 959 section 4.1.1) and RFC 2577 section 5 (guessing).
@NullMarked
package io.sealane.accounts;

import org.jspecify.annotations.NullMarked;
