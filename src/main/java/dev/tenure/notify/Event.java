package dev.tenure.notify;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.node.ObjectNode;

/// Something to be told. `fresh`: so many parts of it are new.
public record Event(
    Condition.Key key,
    State state,
    Instant since,
    List<String> flows,
    int fresh,
    ObjectNode details) {

  /// How it goes.
  public enum State {
    /// It was not so before.
    BEGUN,
    /// There is more of it.
    GROWN,
    /// It is still so, a day after it was told last.
    LASTING,
    /// It is so no more.
    OVER;

    public String wire() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  static Event of(Notice notice, State state, int fresh) {
    var told = notice.told().orElseThrow();
    return new Event(
        notice.key(), state, notice.since(), told.flows(), fresh, told.details().deepCopy());
  }
}
