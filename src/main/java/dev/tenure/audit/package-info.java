/// The record of what was done: one append-only log for organizations and flows. Rows are written
/// by the statements that make the changes they tell of, so there is no door for writing here: this
/// part searches.
@NullMarked
package dev.tenure.audit;

import org.jspecify.annotations.NullMarked;
