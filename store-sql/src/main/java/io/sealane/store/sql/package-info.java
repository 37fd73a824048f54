/// Accounts in an SQLite file, and their passwords as Argon2id hashes. Entry types:
/// [io.sealane.store.sql.SqliteAccountStore], [io.sealane.store.sql.Argon2idPasswordHash]. Safe
/// from any thread; calls hold the thread they run on, a virtual thread's carrier included. RFC
/// 9106 (Argon2); hashes are PHC strings.
@NullMarked
package io.sealane.store.sql;

import org.jspecify.annotations.NullMarked;
