/// What the pages of the console ask of the database: always one page, by the key that the last one
/// ended with.
@NullMarked
package dev.tenure.console.store;

import org.jspecify.annotations.NullMarked;
