package dev.tenure.notify;

import dev.tenure.notify.Notices.Look;
import dev.tenure.notify.Notices.Post;
import dev.tenure.notify.Notices.Verdict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.random.RandomGenerator;

/// Looks what is so, and makes messages of what is news. Where nobody is to be told, nothing is
/// looked at.
final class Watching {
  private final Notices notices;
  private final RandomGenerator random;

  /// `random` makes the ids of events.
  Watching(Notices notices, RandomGenerator random) {
    this.notices = notices;
    this.random = random;
  }

  void look(List<Kind> kinds, Setting setting, Instant now) {
    if (setting.config().receivers().isEmpty()) return;
    var look = new Look(kinds, setting.flows(), setting.config().thresholds(), now);
    notices.settle(look, (known, conditions) -> verdict(setting, known, conditions, now));
  }

  private Verdict verdict(
      Setting setting, Collection<Notice> known, Collection<Condition> conditions, Instant now) {
    var outcome = News.settle(known, conditions, now);
    var words = new Words(setting.base());
    var posts = new ArrayList<Post>();
    for (var event : outcome.events()) {
      var id = newId();
      var content = words.content(event);
      var message = new Message(id.toString(), event.key().kind().wire(), now, content);
      for (var receiver : setting.config().receivers()) {
        if (receiver.wants(event)) posts.add(new Post(receiver.name(), id, message));
      }
    }
    return new Verdict(outcome.kept(), outcome.dropped(), posts);
  }

  private UUID newId() {
    long version = 0x4000L | (random.nextLong() & ~0xf000L);
    return new UUID(version, (random.nextLong() & ~(3L << 62)) | Long.MIN_VALUE);
  }
}
