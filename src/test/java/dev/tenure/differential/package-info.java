/// The same filter and the same PATCH, given to this implementation and to those of others. What is
/// left out says why, with the section of the RFC that decides.
@NullMarked
package dev.tenure.differential;

import org.jspecify.annotations.NullMarked;
