/// Targets that nobody here wrote: servers from package registries, as processes of their own.
@NullMarked
package dev.tenure.target.foreign;

import org.jspecify.annotations.NullMarked;
