@NullMarked
package dev.tenure.remote;

import org.jspecify.annotations.NullMarked;
