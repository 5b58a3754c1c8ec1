@NullMarked
package dev.tenure.notify;

import org.jspecify.annotations.NullMarked;
