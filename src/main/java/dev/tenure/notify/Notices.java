package dev.tenure.notify;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

/// What is so, what was told of it, and the messages that tell it.
public interface Notices {
  /// What is looked for. `now` is the time of the look.
  record Look(List<Kind> kinds, List<Ends> flows, Thresholds thresholds, Instant now) {
    public Look {
      kinds = List.copyOf(kinds);
      flows = List.copyOf(flows);
    }
  }

  /// A flow of the configuration: what its target is called in the database, the organization that
  /// it is, where that is hosted here, and the name of a target elsewhere that has licences; else
  /// empty.
  record Ends(String flow, String target, String organization, String licensed) {}

  /// A message for a receiver.
  record Post(String receiver, UUID event, Message message) {}

  /// What comes of comparing.
  record Verdict(List<Notice> kept, List<Condition.Key> dropped, List<Post> posts) {
    public Verdict {
      kept = List.copyOf(kept);
      dropped = List.copyOf(dropped);
      posts = List.copyOf(posts);
    }
  }

  /// Compares what is remembered with what is so.
  interface Judge {
    Verdict of(Collection<Notice> known, Collection<Condition> conditions);
  }

  /// Reads what is so, has it judged, and writes down what came of it, all in one transaction that
  /// nobody else comes into. False where another node is at it. What cannot be read ends it whole:
  /// nothing is over because it was not seen.
  boolean settle(Look look, Judge judge);
}
