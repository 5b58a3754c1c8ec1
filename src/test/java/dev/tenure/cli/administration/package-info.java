@NullMarked
package dev.tenure.cli.administration;

import org.jspecify.annotations.NullMarked;
