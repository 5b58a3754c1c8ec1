/// Signals: what is told of which change, and that it arrives, in order, whatever fails.
@NullMarked
package dev.tenure.signal;

import org.jspecify.annotations.NullMarked;
