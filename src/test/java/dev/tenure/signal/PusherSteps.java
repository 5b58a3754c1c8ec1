package dev.tenure.signal;

/// Lets tests push step by step.
public final class PusherSteps {
  private PusherSteps() {}

  /// What the background does, at once: to all streams that something can be pushed to now.
  public static void once(Pusher pusher) {
    pusher.once();
  }
}
