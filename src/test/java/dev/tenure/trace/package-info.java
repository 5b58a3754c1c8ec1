@NullMarked
package dev.tenure.trace;

import org.jspecify.annotations.NullMarked;
