package dev.tenure.flow;

import dev.tenure.id.FlowId;
import dev.tenure.policy.Desired.Owner;
import dev.tenure.policy.Policy.Writing;
import dev.tenure.problem.Code;
import dev.tenure.problem.Problem;
import dev.tenure.target.Keeping;
import dev.tenure.target.Keepings;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What a flow writes, as its target says that it keeps it: `attributes` are so many, and the
/// problems tell of those that it does not keep. Without a word (`isSaid`) it has none.
public record TargetCheck(FlowId flow, boolean isSaid, int attributes, List<Problem> problems) {
  public TargetCheck {
    problems = List.copyOf(problems);
  }

  /// Asks the target.
  public static TargetCheck of(Flow flow) {
    var writings = flow.policy().writings();
    var said = flow.target().keepings();
    var problems =
        said.stream()
            .flatMap(s -> writings.stream().flatMap(w -> problem(flow.id(), w, s).stream()))
            .toList();
    return new TargetCheck(flow.id(), said.isPresent(), writings.size(), problems);
  }

  private static Optional<Problem> problem(FlowId flow, Writing writing, Keepings said) {
    var keeping = said.of(writing.attribute());
    if (isRight(keeping, writing.owner())) return Optional.empty();
    var attribute = writing.attribute().toString();
    var problem =
        new Problem(
            Code.TARGET_ATTRIBUTE,
            "the target says that it %s '%s'".formatted(keeping.words(), attribute),
            Map.of("flow", flow.value(), "attribute", attribute),
            keeping.remedy());
    return Optional.of(writing.place())
        .filter(place -> !place.isEmpty())
        .map(place -> problem.with("at", place))
        .or(() -> Optional.of(problem));
  }

  private static boolean isRight(Keeping keeping, Owner owner) {
    return switch (keeping) {
      case KEPT -> true;
      case IMMUTABLE, UNSEEN -> owner != Owner.ALWAYS;
      case UNKNOWN, READ_ONLY -> false;
    };
  }
}
