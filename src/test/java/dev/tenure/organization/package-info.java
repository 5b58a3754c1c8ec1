/// Hosted organizations over real HTTP and a real PostgreSQL.
@NullMarked
package dev.tenure.organization;

import org.jspecify.annotations.NullMarked;
