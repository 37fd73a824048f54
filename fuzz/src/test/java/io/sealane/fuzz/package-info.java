/// Properties of everything that octets from strangers reach, for Jazzer to break. One class is one
/// target; its inputs from earlier are in the folder of its name among the resources.
///
/// `./dev fuzz` lists the targets.
@NullMarked
package io.sealane.fuzz;

import org.jspecify.annotations.NullMarked;
