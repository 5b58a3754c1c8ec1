/// The loop: a flow reads its source and its target, has the rules decide, the planner compare, and
/// the delivery send; once (`plan`, `apply`) or again and again (`serve`). One process at a time
/// works on a flow.
///
/// Decides nothing about people or accounts itself.
@NullMarked
package dev.tenure.flow;

import org.jspecify.annotations.NullMarked;
