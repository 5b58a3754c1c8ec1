package dev.tenure.cli.bench;

import java.util.function.IntFunction;

/// A kind of request: `port` of the server, and for each number the request as it is sent.
record Work(String name, int port, IntFunction<byte[]> request) {}
