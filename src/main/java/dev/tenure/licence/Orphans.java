package dev.tenure.licence;

import dev.tenure.flow.Cycle;
import dev.tenure.flow.Flow;
import dev.tenure.id.AccountId;
import dev.tenure.id.PersonKey;
import dev.tenure.licence.store.LicenceStore;
import dev.tenure.plan.Survey;
import dev.tenure.plan.Values;
import dev.tenure.target.Account;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// Finds accounts that no person of any flow has or could have, of no other source of truth (law
/// 5). Nothing is said as long as a source was not read (law 1).
record Orphans(LicenceStore store, Cycle.Books books) {
  /// Those of these that are wanted, once there are enough no more. `flows` lead to one target.
  List<Account> of(List<Flow> flows, Predicate<Account> wanted) {
    if (flows.isEmpty() || flows.stream().anyMatch(f -> books.people().count(f.id()) == 0)) {
      return List.of();
    }
    var orphans = new ArrayList<Account>();
    var flow = flows.getFirst().id();
    var page = store.unlinked(flow, "", Reclaiming.EACH_MAX);
    while (!page.isEmpty() && orphans.size() < Reclaiming.EACH_MAX) {
      ofNobody(page.stream().filter(wanted).toList(), flows).forEach(orphans::add);
      page = store.unlinked(flow, page.getLast().id().value(), Reclaiming.EACH_MAX);
    }
    return orphans;
  }

  /// Whether all of these flows leave it to another source of truth.
  static boolean isForeign(Account account, List<Flow> flows) {
    return flows.stream().allMatch(f -> f.planner().isForeign(account));
  }

  private List<Account> ofNobody(List<Account> accounts, List<Flow> flows) {
    var left = new LinkedHashMap<AccountId, Account>();
    accounts.stream().filter(a -> !isForeign(a, flows)).forEach(a -> left.put(a.id(), a));
    for (var flow : flows) {
      books.links().owners(flow.id(), left.keySet()).forEach(l -> left.remove(l.account()));
      var known = known(flow, left.values());
      left.values().removeIf(a -> names(a).stream().anyMatch(n -> known.contains(folded(n))));
    }
    return List.copyOf(left.values());
  }

  /// What somebody is called whom the source knows, of all who are called as one of these accounts:
  /// that is a conflict, for `tenure reconcile`.
  private Set<String> known(Flow flow, Collection<Account> accounts) {
    var names = new HashSet<String>();
    accounts.forEach(a -> names.addAll(names(a)));
    var keys = new HashSet<>(books.people().named(flow.id(), names, 1));
    names.stream()
        .filter(n -> n.length() <= PersonKey.LENGTH_MAX)
        .map(PersonKey::new)
        .forEach(keys::add);
    var known = new HashSet<String>();
    for (var one : books.people().all(flow.id(), keys)) {
      if (one.goneAt().isPresent()) continue;
      known.add(folded(one.person().key().value()));
      one.person().attributes().values().stream()
          .flatMap(List::stream)
          .forEach(value -> known.add(folded(value)));
    }
    return known;
  }

  private static String folded(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  /// Its userName, externalId and addresses.
  private static List<String> names(Account account) {
    var view = account.resource().view();
    var mails =
        Values.elements(Values.member(view, "emails")).stream()
            .map(mail -> Values.member(mail, "value").asString(""));
    var others = Stream.of(Survey.name(account), Values.member(view, "externalId").asString(""));
    return Stream.concat(others, mails).filter(n -> !n.isBlank()).distinct().toList();
  }
}
