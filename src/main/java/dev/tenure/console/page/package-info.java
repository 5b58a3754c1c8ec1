/// The pages of the console: for each kind of thing a handler, and what its template shows.
@NullMarked
package dev.tenure.console.page;

import org.jspecify.annotations.NullMarked;
