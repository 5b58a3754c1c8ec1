/// Servers that are not ours: one request to a SCIM server, as sources and targets reach it, with a
/// bearer token or one got by OAuth client credentials (RFC 6749 §4.4), and its answer; and
/// messages that are brought to receivers. Over HTTP/1.1; the only user of the HTTP client.
///
/// It decides nothing but how long to wait: before a read of a busy server is asked again, before a
/// message is sent again. Whether to repeat a write, and what an answer means, is the adapter's.
@NullMarked
package dev.tenure.remote;

import org.jspecify.annotations.NullMarked;
