/// What the console and the admin API ask of the database alike: always one page, by the key that
/// the last one ended with.
@NullMarked
package dev.tenure.store;

import org.jspecify.annotations.NullMarked;
