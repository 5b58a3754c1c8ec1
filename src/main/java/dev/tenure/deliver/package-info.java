/// Sends what was planned: plans are kept frozen, their changes are leased in the order of their
/// lanes, sent, and settled together with the link and the audit row. Whatever may have happened
/// already is looked up before it is repeated (law 4); a newer plan supersedes what still waits.
///
/// Does not decide what has to change (that is `plan`) nor when (that is `flow`).
@NullMarked
package dev.tenure.deliver;

import org.jspecify.annotations.NullMarked;
