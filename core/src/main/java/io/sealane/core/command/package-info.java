/// The commands, by family: each handler turns a command and a state into an outcome. Entry type:
/// [io.sealane.core.command.Commands], whose gates read the command table. Handlers belong to one
/// session and its thread; they may block on the store. RFC 959, 2228, 2389, 2428, 3659, 4217.
@NullMarked
package io.sealane.core.command;

import org.jspecify.annotations.NullMarked;
