/// What flows remember of their cycles, and the lock that keeps a flow to one process.
@NullMarked
package dev.tenure.flow.store;

import org.jspecify.annotations.NullMarked;
