/// The audit log in PostgreSQL.
@NullMarked
package dev.tenure.audit.store;

import org.jspecify.annotations.NullMarked;
