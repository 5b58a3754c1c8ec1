package dev.tenure.http;

/// Answers a request. Called by many threads at once, each a virtual one.
@FunctionalInterface
public interface Handler {
  Response handle(Request request);
}
