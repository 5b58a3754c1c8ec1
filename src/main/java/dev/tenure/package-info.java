/// Where Tenure starts, and the only place where its parts are put together.
@NullMarked
package dev.tenure;

import org.jspecify.annotations.NullMarked;
