package dev.tenure.notify;

import dev.tenure.notify.Receiver.Way;
import dev.tenure.remote.Answers;
import dev.tenure.remote.Courier;
import dev.tenure.remote.Reply;
import java.time.Clock;
import java.util.Optional;
import tools.jackson.databind.node.JsonNodeFactory;

/// Posts a message as JSON, signed. Of an answer only the status counts.
final class Webhook {
  private final Courier courier;
  private final Clock clock;

  Webhook(Courier courier, Clock clock) {
    this.courier = courier;
    this.clock = clock;
  }

  Answer send(Way.Webhook to, Message message) {
    var body = body(message);
    var id = "msg_" + message.id();
    var fields = Signature.fields(id, clock.instant(), new Signature.Proof(body, to.secret()));
    fields.put("Content-Type", "application/json");
    fields.put("User-Agent", "Tenure");
    return switch (courier.post(to.url(), fields, body)) {
      case Reply.Answer answer -> answer(answer);
      case Reply.NotSent(var why) -> new Answer.Later(why, Optional.empty());
      case Reply.NoAnswer(var why) -> new Answer.Later(why, Optional.empty());
    };
  }

  static String body(Message message) {
    var body = JsonNodeFactory.instance.objectNode();
    body.put("type", message.type()).put("timestamp", message.at().toString());
    body.set("data", message.content());
    return body.toString();
  }

  private Answer answer(Reply.Answer answer) {
    var words = "answered " + answer.status();
    if (answer.isSuccess()) return new Answer.Taken(words);
    return switch (answer.status()) {
      case 410 -> new Answer.Gone(words);
      case 400, 413, 415, 422 -> new Answer.Refused(words);
      default -> new Answer.Later(words, Answers.retryAfter(answer, clock));
    };
  }
}
