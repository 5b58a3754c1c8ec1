/// HTTP/1.1: a server, requests, responses and routes of our own, so that the library beneath could
/// be replaced: this package is the only door to Helidon. It bounds bodies and concurrency, gives
/// every request a correlation id, and lets no stack trace out. It knows no resource and no
/// protocol above HTTP (RFC 9110).
@NullMarked
package dev.tenure.http;

import org.jspecify.annotations.NullMarked;
