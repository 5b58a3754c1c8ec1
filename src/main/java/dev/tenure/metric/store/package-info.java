/// What metrics ask of the database: a statement for each table, bounded in time and in rows.
@NullMarked
package dev.tenure.metric.store;

import org.jspecify.annotations.NullMarked;
