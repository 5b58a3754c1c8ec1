package dev.tenure.flow;

import dev.tenure.id.FlowId;
import java.util.Locale;
import java.util.Optional;

/// What a flow forgot of a person besides its log: so many `rows`; `kept`: why it still needs the
/// rest.
public record FlowErasure(FlowId flow, long rows, Optional<Kept> kept) {

  /// What must end before all can be forgotten.
  public enum Kept {
    /// The source still has the person.
    SOURCE("the source still has them: take them out there first"),
    /// Something is still to be done for the person.
    CHANGE("a change waits for them: have it done or superseded first"),
    /// The target still has the account, which must stay locked.
    ACCOUNT("the target still has the account: delete it there first");

    private final String remedy;

    Kept(String remedy) {
      this.remedy = remedy;
    }

    /// In a word, for machines.
    public String wire() {
      return name().toLowerCase(Locale.ROOT);
    }

    /// Why, and what to do.
    public String remedy() {
      return remedy;
    }
  }
}
