/// Problems and their documentation.
@NullMarked
package dev.tenure.problem;

import org.jspecify.annotations.NullMarked;
