package dev.tenure.plan;

import dev.tenure.id.PersonKey;
import dev.tenure.plan.Change.Reason;
import dev.tenure.policy.Desired;
import dev.tenure.policy.Desired.Mapped;
import dev.tenure.problem.Problem;
import dev.tenure.target.Account;
import dev.tenure.target.Keeping;
import dev.tenure.target.Keepings;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.Supplier;

/// Leaves out of what is desired what the target says that it does not keep: it would be sent anew
/// with each plan, for nothing (law 7). The account has the last word: what it shows the target
/// knows, whatever it says. A creation is sent whole, for there is no account yet that tells.
///
/// The target is asked when somebody differs, once for a plan.
final class Fitting {
  private final Supplier<Optional<Keepings>> asking;
  private final Map<String, Misfit> misfits = new TreeMap<>();
  private Optional<Optional<Keepings>> said = Optional.empty();

  private record Misfit(Keeping keeping, Set<PersonKey> people) {}

  Fitting(Supplier<Optional<Keepings>> asking) {
    this.asking = asking;
  }

  /// Without what cannot be compared, or not be put right.
  Desired comparable(Desired desired, Account account) {
    return without(
        desired,
        mapped ->
            switch (keeping(mapped)) {
              case KEPT -> true;
              case READ_ONLY -> false;
              case IMMUTABLE -> !isShown(mapped, account);
              case UNKNOWN, UNSEEN -> isShown(mapped, account);
            });
  }

  /// Without what cannot be set.
  Desired settable(Desired desired, Account account) {
    return without(
        desired,
        mapped ->
            switch (keeping(mapped)) {
              case KEPT, UNSEEN -> true;
              case READ_ONLY -> false;
              case IMMUTABLE -> !isShown(mapped, account);
              case UNKNOWN -> isShown(mapped, account);
            });
  }

  private static Desired without(Desired desired, Predicate<Mapped> isKept) {
    var attributes = desired.attributes().stream().filter(m -> m.isMembership() || isKept.test(m));
    return desired.with(attributes.toList());
  }

  private Keeping keeping(Mapped mapped) {
    if (said.isEmpty()) said = Optional.of(asking.get());
    return said.get().map(s -> s.of(mapped.path().attribute())).orElse(Keeping.KEPT);
  }

  private static boolean isShown(Mapped mapped, Account account) {
    var whole = Values.whole(account.resource().view(), mapped.path().attribute());
    return Values.elements(whole).stream().anyMatch(e -> !Values.isNone(Slot.within(mapped, e)));
  }

  /// Notes what stays as it is though it differs.
  void leaves(Desired desired, List<Step> all, List<Step> kept) {
    var left = attributes(all);
    left.removeAll(attributes(kept));
    if (left.isEmpty()) return;
    for (var mapped : desired.attributes()) {
      if (left.contains(Reasons.attribute(mapped))) note(desired.person(), mapped);
    }
  }

  private static Set<String> attributes(List<Step> steps) {
    var attributes = new LinkedHashSet<String>();
    for (var step : steps) step.reasons().stream().map(Reason::attribute).forEach(attributes::add);
    return attributes;
  }

  /// Notes what a creation asks for in vain.
  void creates(Desired desired) {
    for (var mapped : desired.attributes()) {
      if (mapped.isMembership() || Values.isNone(mapped.value())) continue;
      var keeping = keeping(mapped);
      if (keeping == Keeping.UNKNOWN || keeping == Keeping.READ_ONLY) {
        note(desired.person(), mapped);
      }
    }
  }

  private void note(PersonKey person, Mapped mapped) {
    misfits
        .computeIfAbsent(
            Reasons.attribute(mapped), _ -> new Misfit(keeping(mapped), new LinkedHashSet<>()))
        .people()
        .add(person);
  }

  List<Problem> findings() {
    return misfits.entrySet().stream()
        .map(m -> Findings.misfit(m.getKey(), m.getValue().keeping(), m.getValue().people()))
        .toList();
  }
}
