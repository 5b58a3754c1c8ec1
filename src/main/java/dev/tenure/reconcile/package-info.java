/// What was in a target before a flow came, or grew there beside it: accounts that stand in the way
/// of people, belong to nobody, or cost a seat for nothing. Finds them, proposes what to do with
/// each, and turns what somebody decided into a plan like any other.
///
/// Sends nothing, and links nobody below the configured confidence without a decision.
@NullMarked
package dev.tenure.reconcile;

import org.jspecify.annotations.NullMarked;
