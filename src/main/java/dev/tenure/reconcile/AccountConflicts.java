package dev.tenure.reconcile;

import dev.tenure.plan.Survey;
import dev.tenure.reconcile.Conflict.Evidence;
import dev.tenure.target.Account;
import dev.tenure.target.Target;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// Accounts that are one too many, belong to nobody, or hold a seat for nothing.
final class AccountConflicts {
  private static final List<Resolution> CLOSING = List.of(Resolution.RETIRE, Resolution.IGNORE);

  /// The account that is kept of two: the one that is somebody's, is open, says whose it is.
  private static final Comparator<Account> BY_ID = Comparator.comparing(a -> a.id().value());

  private final Inventory inventory;
  private final Comparator<Account> better;

  AccountConflicts(Inventory inventory) {
    this.inventory = inventory;
    this.better =
        Comparator.<Account, Boolean>comparing(inventory::isNobodys)
            .thenComparing(a -> !Survey.isActive(a))
            .thenComparing(a -> inventory.card(a).externalId().isEmpty())
            .thenComparing(BY_ID);
  }

  List<Conflict> find() {
    var conflicts = new ArrayList<Conflict>();
    for (var account : inventory.survey.accounts()) {
      if (inventory.survey.isForeign(account)) continue;
      duplicate(account).ifPresent(conflicts::add);
      orphan(account).ifPresent(conflicts::add);
      ghost(account).ifPresent(conflicts::add);
    }
    return conflicts;
  }

  private Optional<Conflict> duplicate(Account account) {
    if (!inventory.isNobodys(account)) return Optional.empty();
    var card = inventory.card(account);
    return inventory.near(card).stream()
        .filter(a -> better.compare(a, account) < 0 && !inventory.survey.isForeign(a))
        .filter(a -> isDouble(card, inventory.card(a)))
        .min(better)
        .map(kept -> duplicate(account, kept));
  }

  private static boolean isDouble(Card card, Card other) {
    return card.mailKeys().stream().anyMatch(other.mailKeys()::contains)
        || (!card.externalId().isEmpty() && card.externalId().equals(other.externalId()));
  }

  private Conflict duplicate(Account account, Account kept) {
    var likelihood = Likelihood.of(inventory.card(kept), inventory.card(account));
    var because = new ArrayList<String>();
    because.add("the account " + kept.id() + " is kept: '" + Survey.name(kept) + "'");
    because.addAll(likelihood.because());
    var isOpen = Survey.isActive(account);
    return new Conflict(
        ConflictKind.DUPLICATE_ACCOUNT,
        Optional.empty(),
        Optional.of(account.id()),
        Survey.name(account),
        likelihood.evidence(),
        isOpen ? likelihood.value() : 1,
        because,
        isOpen ? Resolution.RETIRE : Resolution.IGNORE,
        CLOSING);
  }

  /// Nobody has it, and nobody could: no person in scope has its address or name, and nobody whom
  /// the source knows has its key. Nothing is said of that where the source was not read whole.
  private boolean isOrphaned(Account account) {
    return inventory.survey.isComplete()
        && inventory.isNobodys(account)
        && !inventory.isOfSomebody(account)
        && inventory.candidates(account).isEmpty();
  }

  private Optional<Conflict> orphan(Account account) {
    if (!Survey.isActive(account) || !isOrphaned(account)) return Optional.empty();
    return Optional.of(closing(ConflictKind.ORPHAN, account, List.of("no person has it")));
  }

  private Optional<Conflict> ghost(Account account) {
    var seat = Inventory.seat(account);
    if (seat.isEmpty() || isOfSomebodyInScope(account)) return Optional.empty();
    var isLocked = !Survey.isActive(account);
    if (!isLocked && !isOrphaned(account)) return Optional.empty();
    var reason = (isLocked ? "it is locked" : "no person has it") + ", and has " + seat;
    return Optional.of(closing(ConflictKind.GHOST_LICENCE, account, List.of(reason)));
  }

  private boolean isOfSomebodyInScope(Account account) {
    return inventory.survey.owner(account).filter(inventory.survey::isInScope).isPresent();
  }

  /// What our own source of truth left behind is closed surely, a mailbox surely not.
  private Conflict closing(ConflictKind kind, Account account, List<String> why) {
    var because = new ArrayList<>(why);
    var origin = Target.sourceOrg(account);
    var isOurs = origin.isPresent() && origin.equals(inventory.survey.sourceOrg());
    var isMailbox = Likelihood.isMailbox(inventory.card(account));
    var isLocked = !Survey.isActive(account);
    if (isOurs) because.add("it is marked as ours");
    if (isMailbox) because.add("it looks like the mailbox of a function");
    double confidence = isLocked ? 1 : isOurs ? 0.9 : 0.5;
    var proposal = isMailbox && !isLocked ? Resolution.IGNORE : Resolution.RETIRE;
    return new Conflict(
        kind,
        Optional.empty(),
        Optional.of(account.id()),
        Survey.name(account),
        evidence(account),
        confidence,
        because,
        proposal,
        CLOSING);
  }

  private List<Evidence> evidence(Account account) {
    var card = inventory.card(account);
    var evidence = new ArrayList<Evidence>();
    evidence.add(new Evidence("active", "", String.valueOf(Survey.isActive(account))));
    if (!card.externalId().isEmpty()) {
      evidence.add(new Evidence("externalId", "", card.externalId()));
    }
    Target.sourceOrg(account).ifPresent(o -> evidence.add(new Evidence("sourceOrg", "", o)));
    var seat = Inventory.seat(account);
    if (!seat.isEmpty()) evidence.add(new Evidence("seat", "", seat));
    return evidence;
  }
}
