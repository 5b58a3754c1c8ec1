package dev.tenure.notify;

/// Lets tests tell step by step.
public final class NotifierSteps {
  private NotifierSteps() {}

  /// What the background does, at once: looks at everything, and sends what can be sent now.
  public static void once(Notifier notifier) {
    notifier.once();
  }
}
