/// The sample company, and the guided first run as a whole.
@NullMarked
package dev.tenure.cli.quickstart;

import org.jspecify.annotations.NullMarked;
