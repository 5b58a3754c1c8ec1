package dev.tenure.notify;

import dev.tenure.notify.Receiver.Way;
import dev.tenure.notify.mail.Mailer;
import dev.tenure.remote.Courier;
import java.time.Clock;
import java.time.Duration;

/// Sends a message the way that its receiver has.
public final class Ways implements Messenger, AutoCloseable {
  private static final Duration POST = Duration.ofSeconds(10);

  private final Courier courier;
  private final Webhook webhook;
  private final Mailer mailer = new Mailer();

  public Ways(Clock clock) {
    this(clock, POST);
  }

  /// `post`: a webhook has to answer within this time.
  Ways(Clock clock, Duration post) {
    this.courier = new Courier(post);
    this.webhook = new Webhook(courier, clock);
  }

  @Override
  public Answer send(Receiver to, Message message) {
    return switch (to.way()) {
      case Way.Webhook hook -> webhook.send(hook, message);
      case Way.Mail mail -> mailer.send(mail, message);
    };
  }

  @Override
  public void close() {
    courier.close();
  }
}
