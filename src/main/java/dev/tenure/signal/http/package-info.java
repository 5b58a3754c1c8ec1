/// The transmitter over HTTP: discovery, the management of streams and the poll (SSF 1.0 §7, §8;
/// RFC 8936) as endpoints, the push (RFC 8935) as a client.
@NullMarked
package dev.tenure.signal.http;

import org.jspecify.annotations.NullMarked;
