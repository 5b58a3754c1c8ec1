/// Keeps in PostgreSQL what was learned of targets.
@NullMarked
package dev.tenure.target.store;

import org.jspecify.annotations.NullMarked;
