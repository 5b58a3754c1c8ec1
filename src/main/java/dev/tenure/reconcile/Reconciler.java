package dev.tenure.reconcile;

import dev.tenure.plan.Survey;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Finds all conflicts of a world. Pure: the same world gives the same conflicts in the same order.
/// Accounts of another source of truth are named where they stand in somebody's way, and nothing
/// can be done to them (law 5).
public final class Reconciler {
  static final Comparator<Conflict> ORDER =
      Comparator.comparing(Conflict::kind).thenComparing(Conflict::id);

  private Reconciler() {}

  public static List<Conflict> conflicts(Survey survey) {
    var inventory = new Inventory(survey);
    var conflicts = new ArrayList<Conflict>();
    conflicts.addAll(new PersonConflicts(inventory).find());
    conflicts.addAll(new AccountConflicts(inventory).find());
    conflicts.sort(ORDER);
    return List.copyOf(conflicts);
  }
}
