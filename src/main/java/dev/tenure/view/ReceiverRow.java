package dev.tenure.view;

import dev.tenure.notify.Kind;
import dev.tenure.notify.Notifier;
import dev.tenure.notify.Outbox.Standing;
import dev.tenure.notify.Receiver;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Somebody who is told what happens, and how it stands with them; absent where nothing was ever
/// for them.
public record ReceiverRow(Receiver receiver, Optional<Standing> standing) {
  /// The receivers of the configuration.
  public static List<ReceiverRow> all(Notifier notifier) {
    var standings = new HashMap<String, Standing>();
    notifier.standings().forEach(s -> standings.put(s.receiver(), s));
    return notifier.receivers().stream()
        .map(r -> new ReceiverRow(r, Optional.ofNullable(standings.get(r.name()))))
        .toList();
  }

  public long waiting() {
    return standing.map(Standing::waiting).orElse(0L);
  }

  /// What they are told of, as the configuration calls it.
  public List<String> kinds() {
    return Arrays.stream(Kind.values()).filter(receiver.kinds()::contains).map(Kind::wire).toList();
  }

  public static ObjectNode json(List<ReceiverRow> rows) {
    var answer = JsonNodeFactory.instance.objectNode();
    var list = answer.putArray("receivers");
    rows.forEach(row -> row.put(list.addObject()));
    return answer;
  }

  private void put(ObjectNode node) {
    node.put("receiver", receiver.name()).put("to", receiver.way().shown());
    kinds().forEach(node.putArray("kinds")::add);
    receiver.flows().stream().sorted().forEach(node.putArray("flows")::add);
    node.put("waiting", waiting());
    standing.ifPresent(known -> put(node, known));
  }

  private static void put(ObjectNode node, Standing standing) {
    node.put("failures", standing.failures()).put("answer", standing.answer());
    standing.oldest().ifPresent(at -> node.put("oldest", at.toString()));
    standing.answeredAt().ifPresent(at -> node.put("answeredAt", at.toString()));
    standing.next().ifPresent(at -> node.put("nextTryAt", at.toString()));
  }

  /// What a receiver answered to a message that somebody asked for.
  public static ObjectNode tested(String receiver, String answer) {
    return JsonNodeFactory.instance.objectNode().put("receiver", receiver).put("answer", answer);
  }
}
