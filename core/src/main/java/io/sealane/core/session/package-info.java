/// One control connection: its state, its loop, and what a command may lead to. Entry types:
/// [io.sealane.core.session.ControlSession], [io.sealane.core.session.Outcome]. A session is owned
/// by one virtual thread; a second one reads lines, one at a time and only when asked. RFC 959
/// section 5.4, RFC 4217 section 4.
@NullMarked
package io.sealane.core.session;

import org.jspecify.annotations.NullMarked;
