package dev.tenure.reconcile;

import dev.tenure.id.PersonKey;
import dev.tenure.plan.Survey;
import dev.tenure.reconcile.Conflict.Evidence;
import dev.tenure.target.Account;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// What stands in the way of people who have no account yet.
final class PersonConflicts {
  /// From here on an account is proposed to be adopted rather than to make room.
  private static final double LIKELY = 0.6;

  /// The account says that it is somebody else's.
  private static final double CONTRADICTED = 0.05;

  private final Inventory inventory;

  PersonConflicts(Inventory inventory) {
    this.inventory = inventory;
  }

  List<Conflict> find() {
    var conflicts = new ArrayList<Conflict>();
    inventory
        .wanted()
        .forEach((person, card) -> {
          if (inventory.survey.account(person).isEmpty()) conflicts.addAll(inTheWay(person, card));
          sameName(person, card).ifPresent(conflicts::add);
        });
    return conflicts;
  }

  private List<Conflict> inTheWay(PersonKey person, Card card) {
    var near = inventory.near(card).stream().filter(inventory::isNobodys).toList();
    return near.stream()
        .filter(a -> isInTheWay(person, card, a))
        .map(a -> conflict(person, a, near.size()))
        .toList();
  }

  /// An active account with the person's key is found by key alone: it is no namesake.
  private boolean isInTheWay(PersonKey person, Card card, Account account) {
    var found = inventory.card(account);
    var isTheirs = found.externalId().equals(person.value());
    if (Survey.isActive(account)) return !isTheirs && card.meets(found);
    return isTheirs || card.meets(found);
  }

  private Conflict conflict(PersonKey person, Account account, int rivals) {
    var isForeign = inventory.survey.isForeign(account);
    var likelihood = likelihood(person, account, rivals);
    var kind =
        Survey.isActive(account) ? ConflictKind.OTHER_EXTERNAL_ID : ConflictKind.LOCKED_NAMESAKE;
    var proposal = isForeign ? Resolution.IGNORE : proposal(person, account, likelihood.value());
    var sure = proposal == Resolution.ADOPT ? likelihood.value() : 1 - likelihood.value();
    var possible =
        isForeign
            ? List.of(Resolution.IGNORE)
            : List.of(Resolution.ADOPT, Resolution.RENAME, Resolution.RETIRE, Resolution.IGNORE);
    return new Conflict(
        kind,
        Optional.of(person),
        Optional.of(account.id()),
        Survey.name(account),
        likelihood.evidence(),
        rounded(sure),
        likelihood.because(),
        proposal,
        possible);
  }

  static double rounded(double share) {
    return Math.round(share * 100) / 100.0;
  }

  private Resolution proposal(PersonKey person, Account account, double likelihood) {
    if (likelihood >= LIKELY) return Resolution.ADOPT;
    var wanted = inventory.wanted().get(person);
    var isSameName = wanted != null && wanted.nameKey().equals(inventory.card(account).nameKey());
    return isSameName ? Resolution.RENAME : Resolution.IGNORE;
  }

  private Likelihood likelihood(PersonKey person, Account account, int rivals) {
    var wanted = inventory.wanted().getOrDefault(person, inventory.card(account));
    var likelihood = Likelihood.of(wanted, inventory.card(account));
    if (inventory.isOfSomebodyElse(account, person)) {
      likelihood = likelihood.atMost(CONTRADICTED, "its externalId is the key of another person");
    }
    if (inventory.survey.isForeign(account)) {
      likelihood = likelihood.atMost(CONTRADICTED, "another source of truth rules over it");
    }
    if (rivals > 1) {
      likelihood = likelihood.atMost(0.5, rivals + " accounts could be theirs");
    }
    var others = inventory.candidates(account).size();
    return others > 1 ? likelihood.atMost(0.5, others + " people could be meant") : likelihood;
  }

  /// Whoever has the name already keeps it.
  private Optional<Conflict> sameName(PersonKey person, Card card) {
    if (card.userName().isEmpty()) return Optional.empty();
    var all = inventory.wanting(card.userName());
    if (all.size() < 2 || has(person, card)) return Optional.empty();
    var others =
        all.stream()
            .filter(p -> !p.equals(person))
            .map(PersonKey::value)
            .collect(Collectors.joining(" "));
    return Optional.of(
        new Conflict(
            ConflictKind.SAME_USER_NAME,
            Optional.of(person),
            Optional.empty(),
            card.userName(),
            List.of(
                new Evidence("userName", card.userName(), card.userName()),
                new Evidence("person", person.value(), others)),
            1,
            List.of(all.size() + " people are to have it; make it unique in the source or the map"),
            Resolution.RENAME,
            List.of(Resolution.RENAME, Resolution.IGNORE)));
  }

  private boolean has(PersonKey person, Card card) {
    return inventory
        .survey
        .account(person)
        .filter(a -> inventory.card(a).nameKey().equals(card.nameKey()))
        .isPresent();
  }
}
