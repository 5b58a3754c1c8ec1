/// What the ledgers ask of the database and keep there.
@NullMarked
package dev.tenure.licence.store;

import org.jspecify.annotations.NullMarked;
