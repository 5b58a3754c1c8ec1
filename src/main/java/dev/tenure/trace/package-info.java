/// What led to what, and how long each step took: spans, for a collector that speaks OTLP.
///
/// A turn of a flow, a command and a request that is answered each begin a tree; whoever works for
/// them adds to it by [Span#current], and does nothing where there is none. No decision reads a
/// span, and none has the name, the key or the account of a person, or a secret.
@NullMarked
package dev.tenure.trace;

import org.jspecify.annotations.NullMarked;
