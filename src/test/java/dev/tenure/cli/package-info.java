/// The command line as a whole: what can be typed, and what is answered.
@NullMarked
package dev.tenure.cli;

import org.jspecify.annotations.NullMarked;
