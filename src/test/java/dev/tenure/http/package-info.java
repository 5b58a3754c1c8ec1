/// Tests of the HTTP server over loopback.
@NullMarked
package dev.tenure.http;

import org.jspecify.annotations.NullMarked;
