package dev.tenure.flow;

import dev.tenure.deliver.PlannedChange;
import dev.tenure.flow.KnownPeople.Known;
import dev.tenure.id.AccountId;
import dev.tenure.id.FlowId;
import dev.tenure.id.PersonKey;
import dev.tenure.policy.Decision;
import dev.tenure.problem.Problem;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/// Why a person has what they have in a target, or has nothing, at a time: their way from the
/// source to the target.
///
/// `known`: what the source said of them; `decision`: what the rules of today say to that;
/// `inputs`: what each rule read, by its attribute. `account`: theirs today. `changes`: what was
/// planned for them up to then, newest first, and what the target answered. `next`: when they are
/// looked at again, where the flow runs. `findings`: what the last cycle noted about them. `ways`:
/// for somebody who is not in scope, the smallest changes that would bring them in, each in words.
/// `secrets`: the source's attributes that nobody is shown.
public record Explanation(
    FlowId flow,
    PersonKey person,
    Instant at,
    Known known,
    Decision decision,
    Map<String, String> inputs,
    Optional<AccountId> account,
    List<PlannedChange> changes,
    Optional<Instant> next,
    List<Problem> findings,
    List<String> ways,
    Set<String> secrets) {
  private static final String HIDDEN = "[hidden]";

  /// The source's attributes as they may be shown: without the values that make secrets.
  public SortedMap<String, String> shown() {
    var shown = new TreeMap<String, String>();
    known
        .person()
        .attributes()
        .forEach((n, v) -> shown.put(n, secrets.contains(n) ? HIDDEN : String.join(", ", v)));
    return shown;
  }

  public Explanation {
    inputs = Map.copyOf(inputs);
    changes = List.copyOf(changes);
    findings = List.copyOf(findings);
    ways = List.copyOf(ways);
  }
}
