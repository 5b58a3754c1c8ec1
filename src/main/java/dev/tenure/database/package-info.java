/// PostgreSQL: an embedded one under the data directory, or an external one by URL; its migrations,
/// and the only door to Jdbi's set-up, the pool and Flyway. Knows no table.
@NullMarked
package dev.tenure.database;

import org.jspecify.annotations.NullMarked;
