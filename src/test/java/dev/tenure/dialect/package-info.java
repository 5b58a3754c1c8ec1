/// What identity providers really send: recorded shapes, and whole conversations.
@NullMarked
package dev.tenure.dialect;

import org.jspecify.annotations.NullMarked;
