/// Work beside everything else.
@NullMarked
package dev.tenure.background;

import org.jspecify.annotations.NullMarked;
