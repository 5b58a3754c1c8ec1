/// SCIM servers that are not ours, as sources and targets reach them: one request and its answer,
/// over HTTP/1.1, with a bearer token or one got by OAuth client credentials (RFC 6749 §4.4). With
/// `signal.http` the only user of the HTTP client.
///
/// It decides nothing but how long to wait for a busy server before a read is asked again: whether
/// to repeat a write, and what an answer means, is the adapter's.
@NullMarked
package dev.tenure.remote;

import org.jspecify.annotations.NullMarked;
