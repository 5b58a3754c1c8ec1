package dev.tenure.reconcile;

import dev.tenure.id.AccountId;
import dev.tenure.id.PersonKey;
import dev.tenure.plan.Change;
import dev.tenure.plan.Link;
import dev.tenure.plan.Plan;
import dev.tenure.plan.Planner;
import dev.tenure.plan.Repairs;
import dev.tenure.plan.Survey;
import dev.tenure.plan.World;
import dev.tenure.policy.Desired;
import dev.tenure.problem.Code;
import dev.tenure.problem.Problem;
import dev.tenure.target.Account;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Turns decisions into a plan. One account has one change, and one person gets one account: of
/// several decisions on the same the surer one holds, the other is a finding.
public final class Settling {
  private final Survey survey;
  private final Repairs repairs;
  private final Map<PersonKey, Desired> desired = new HashMap<>();
  private final List<Change> changes = new ArrayList<>();
  private final List<Link> links = new ArrayList<>();
  private final List<Problem> findings = new ArrayList<>();
  private final Set<AccountId> touched = new HashSet<>();
  private final Set<PersonKey> adopted = new HashSet<>();

  private Settling(Planner planner, World world, Survey survey) {
    this.survey = survey;
    this.repairs = new Repairs(planner.userType(), world);
    survey.inScope().forEach(d -> desired.put(d.person(), d));
  }

  /// Those that may be accepted without a look at each: of these kinds (all where none is named),
  /// and at least this sure.
  public static List<Decision> accepting(
      List<Conflict> conflicts, Set<ConflictKind> kinds, double confidenceMin) {
    return conflicts.stream()
        .filter(c -> kinds.isEmpty() || kinds.contains(c.kind()))
        .filter(c -> c.confidence() >= confidenceMin)
        .map(c -> new Decision(c.id(), Optional.empty()))
        .toList();
  }

  /// The plan of these decisions. Throws `CONFLICT_UNKNOWN` for one about a conflict that is not
  /// there, or with a resolution that is not possible.
  public static Plan plan(Planner planner, World world, List<Decision> decisions) {
    var survey = planner.survey(world);
    var settling = new Settling(planner, world, survey);
    var conflicts = new HashMap<String, Conflict>();
    Reconciler.conflicts(survey).forEach(c -> conflicts.put(c.id(), c));
    var problems = new ArrayList<Problem>();
    var sorted = new ArrayList<Decided>();
    for (var decision : decisions) {
      var conflict = conflicts.get(decision.conflict());
      var resolution =
          Optional.ofNullable(conflict).map(c -> decision.resolution().orElse(c.proposal()));
      if (conflict == null || !conflict.possible().contains(resolution.orElseThrow())) {
        problems.add(unknown(decision, conflicts.size()));
      } else {
        sorted.add(new Decided(conflict, resolution.get()));
      }
    }
    if (!problems.isEmpty()) throw new Problem.Found(problems);
    sorted.stream().sorted(Decided.SUREST).forEach(settling::settle);
    return planner.decided(world, settling.changes, settling.links, settling.findings);
  }

  private record Decided(Conflict conflict, Resolution resolution) {
    static final Comparator<Decided> SUREST =
        Comparator.comparing(Decided::resolution)
            .thenComparingDouble(d -> -d.conflict().confidence())
            .thenComparing(d -> d.conflict().id());
  }

  private static Problem unknown(Decision decision, int conflicts) {
    return new Problem(
        Code.CONFLICT_UNKNOWN,
        "there is no such conflict, or it cannot be solved in this way",
        Map.of(
            "conflict", decision.conflict(),
            "decision", decision.resolution().map(Resolution::wire).orElse("accept"),
            "conflicts", Integer.toString(conflicts)),
        "export the conflicts again; the decision is one of accept, adopt, rename, retire, ignore");
  }

  private void settle(Decided decided) {
    var conflict = decided.conflict();
    if (decided.resolution() == Resolution.IGNORE) return;
    var account = conflict.account().flatMap(survey::account);
    if (account.isEmpty()) {
      findings.add(inTheSource(conflict));
      return;
    }
    if (!touched.add(account.get().id())) {
      // A ghost that is an orphan too is retired once.
      if (decided.resolution() != Resolution.RETIRE) findings.add(twice(conflict));
      return;
    }
    var because = "reconciled: " + conflict.kind().wire();
    switch (decided.resolution()) {
      case ADOPT -> adopt(conflict, account.get(), because);
      case RENAME -> changes.add(repairs.rename(account.get(), free(account.get()), because));
      case RETIRE -> repairs.retire(account.get(), because).ifPresent(changes::add);
      case IGNORE -> {
        // Told above.
      }
    }
  }

  private void adopt(Conflict conflict, Account account, String because) {
    var person = conflict.person().orElseThrow();
    if (!adopted.add(person)) {
      findings.add(twice(conflict));
      return;
    }
    links.add(new Link(person, account.id()));
    Optional.ofNullable(desired.get(person))
        .flatMap(d -> repairs.adopt(d, account, because))
        .ifPresent(changes::add);
  }

  /// `ann@x` → `ann.old@x`, or the next that is free.
  private String free(Account account) {
    var name = Survey.name(account);
    var at = name.indexOf('@') < 0 ? name.length() : name.indexOf('@');
    for (var i = 1; ; i++) {
      var free = name.substring(0, at) + ".old" + (i == 1 ? "" : i) + name.substring(at);
      if (survey.named(free).isEmpty()) return free;
    }
  }

  private static Problem inTheSource(Conflict conflict) {
    return new Problem(
        Code.MATCH_CONFLICT,
        "'" + conflict.name() + "' can only be made unique in the source or by the mapping",
        Map.of("conflict", conflict.id()),
        "correct the record of one of them, or let the rule for userName make it unique");
  }

  private static Problem twice(Conflict conflict) {
    return new Problem(
        Code.MATCH_CONFLICT,
        "another decision on the same person or account holds: '" + conflict.name() + "'",
        Map.of("conflict", conflict.id()),
        "decide one of them, and look again afterwards");
  }
}
