package dev.tenure.notify;

import dev.tenure.notify.Receiver.Way;
import dev.tenure.notify.mail.Mailer;
import dev.tenure.remote.Courier;
import java.time.Clock;

/// Sends a message the way that its receiver has.
public final class Ways implements Messenger, AutoCloseable {
  private final Courier courier = new Courier(java.time.Duration.ofSeconds(10));
  private final Mailer mailer = new Mailer();
  private final Webhook webhook;

  public Ways(Clock clock) {
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
