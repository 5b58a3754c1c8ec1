/// Users of the console and their sessions in PostgreSQL.
@NullMarked
package dev.tenure.access.store;

import org.jspecify.annotations.NullMarked;
