/// Streams, their queues and the signing keys in PostgreSQL.
@NullMarked
package dev.tenure.signal.store;

import org.jspecify.annotations.NullMarked;
