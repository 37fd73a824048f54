/// The program and its command line: one class per command. Entry types:
/// [io.sealane.server.cli.Main], [io.sealane.server.cli.SealaneCommand]. Exit codes: 0 done, 1
/// refused or failed with a message, 2 wrong usage; the doctor has more. Runs on the main thread.
@NullMarked
package io.sealane.server.cli;

import org.jspecify.annotations.NullMarked;
