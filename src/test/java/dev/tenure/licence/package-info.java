@NullMarked
package dev.tenure.licence;

import org.jspecify.annotations.NullMarked;
