/// The transmitter over HTTP, with real receivers.
@NullMarked
package dev.tenure.signal.http;

import org.jspecify.annotations.NullMarked;
