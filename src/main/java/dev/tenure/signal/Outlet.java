package dev.tenure.signal;

import dev.tenure.signal.EventStream.Delivery.Push;

/// Sends one token to a receiver.
@FunctionalInterface
public interface Outlet {
  /// `token` is a signed one in its compact form. Returns within 10 seconds.
  Receipt push(Push to, String token);
}
