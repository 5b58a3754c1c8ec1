@NullMarked
package dev.tenure.flow.ring;

import org.jspecify.annotations.NullMarked;
