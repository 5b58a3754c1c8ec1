package dev.tenure.notify;

import dev.tenure.notify.Condition.Key;
import dev.tenure.notify.Event.State;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Compares what is so with what was told, and says what is to be told: each thing once for as long
/// as it lasts, what is new of it, that it still is so after a day, and that it is over. Pure: the
/// same memory and the same look make the same events.
final class News {
  /// What still is so is told again.
  static final Duration AGAIN = Duration.ofDays(1);

  /// What comes in addition is gathered for so long.
  static final Duration GATHERING = Duration.ofMinutes(10);

  /// What was not seen for so long is over; what is back earlier has never gone.
  static final Duration OVER = Duration.ofMinutes(1);

  private final Instant now;
  private final Map<Key, Notice> kept = new LinkedHashMap<>();
  private final List<Key> dropped = new ArrayList<>();
  private final List<Event> events = new ArrayList<>();

  /// `kept` replace what was remembered of the same key, `dropped` are forgotten.
  record Outcome(List<Notice> kept, List<Key> dropped, List<Event> events) {
    Outcome {
      kept = List.copyOf(kept);
      dropped = List.copyOf(dropped);
      events = List.copyOf(events);
    }
  }

  private News(Instant now) {
    this.now = now;
  }

  /// `known` is what is remembered of the kinds that were looked for; `conditions` is all that is
  /// so.
  static Outcome settle(Collection<Notice> known, Collection<Condition> conditions, Instant now) {
    var news = new News(now);
    var before = new LinkedHashMap<Key, Notice>();
    known.forEach(notice -> before.put(notice.key(), notice));
    for (var condition : conditions) {
      news.there(condition, Optional.ofNullable(before.remove(condition.key())));
    }
    before.values().forEach(news::missing);
    return new Outcome(List.copyOf(news.kept.values()), news.dropped, news.events);
  }

  private void there(Condition condition, Optional<Notice> known) {
    if (known.isEmpty() && !condition.begins()) return;
    var notice = known.map(Notice::seen).orElseGet(() -> Notice.first(condition, now));
    var told = notice.told();
    if (told.isEmpty()) {
      if (isPast(notice.seenAt(), condition.kind().grace())) {
        tell(notice.told(condition, now), State.BEGUN, 0);
      } else {
        keep(notice, known);
      }
      return;
    }
    var last = told.get();
    int fresh = (int) condition.marks().stream().filter(m -> !last.marks().contains(m)).count();
    if (isPast(last.at(), AGAIN)) {
      tell(notice.told(condition, now), State.LASTING, fresh);
    } else if (fresh > 0 && isPast(last.at(), GATHERING)) {
      tell(notice.grown(condition, now), State.GROWN, fresh);
    } else {
      keep(notice, known);
    }
  }

  /// What nobody was told of is forgotten without a word.
  private void missing(Notice notice) {
    var gone = notice.missing(now);
    if (notice.told().isEmpty()) {
      dropped.add(notice.key());
    } else if (isPast(gone.goneAt().orElse(now), OVER)) {
      dropped.add(notice.key());
      events.add(Event.of(notice, State.OVER, 0));
    } else {
      keep(gone, Optional.of(notice));
    }
  }

  private boolean isPast(Instant then, Duration time) {
    return !now.isBefore(then.plus(time));
  }

  private void tell(Notice notice, State state, int fresh) {
    kept.put(notice.key(), notice);
    events.add(Event.of(notice, state, fresh));
  }

  private void keep(Notice notice, Optional<Notice> before) {
    if (!before.equals(Optional.of(notice))) kept.put(notice.key(), notice);
  }
}
