/// What is so, read from the tables of the other parts, each flow by itself; what was told of it;
/// and the messages that wait.
@NullMarked
package dev.tenure.notify.store;

import org.jspecify.annotations.NullMarked;
