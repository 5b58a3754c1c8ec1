package dev.tenure.plan;

import dev.tenure.id.PersonKey;
import dev.tenure.policy.Desired;
import dev.tenure.policy.Desired.Mapped;
import dev.tenure.policy.Desired.Rest.FirstFree;
import dev.tenure.scim.patch.PatchPath;
import dev.tenure.target.Account;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.node.JsonNodeFactory;

/// Gives each person the first value that nobody else has, where a rule offers several. Who has one
/// of them keeps it, so that nobody is renamed because somebody else left; the others choose in the
/// order of their keys.
final class UniqueValues {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private final Accounts accounts;
  private final People people;
  private final PlanPolicy policy;
  private final Map<PatchPath, Map<String, List<Account>>> holders = new HashMap<>();

  private record Choice(Desired desired, Mapped mapped, FirstFree from) {
    PersonKey person() {
      return desired.person();
    }

    String key(String candidate) {
      return Likeness.key(mapped.path().leaf(), JSON.stringNode(candidate));
    }
  }

  UniqueValues(Accounts accounts, People people, PlanPolicy policy) {
    this.accounts = accounts;
    this.people = people;
    this.policy = policy;
  }

  /// Settles all values for the accounts that are known to be theirs. May be called again when more
  /// are.
  void run() {
    var byPath = new HashMap<PatchPath, List<Choice>>();
    var paths = new ArrayList<PatchPath>();
    for (var desired : people.desired()) {
      for (var mapped : desired.attributes()) {
        if (!(mapped.rest() instanceof FirstFree from)) continue;
        if (!byPath.containsKey(mapped.path())) paths.add(mapped.path());
        byPath
            .computeIfAbsent(mapped.path(), _ -> new ArrayList<>())
            .add(new Choice(desired, mapped, from));
      }
    }
    for (var path : paths) settle(byPath.getOrDefault(path, List.of()));
  }

  private void settle(List<Choice> choices) {
    var given = new HashMap<String, PersonKey>();
    var open = new ArrayList<Choice>();
    for (var choice : choices) {
      var kept = kept(choice).filter(c -> !given.containsKey(choice.key(c)));
      if (kept.isPresent()) give(choice, kept.get(), given);
      else open.add(choice);
    }
    for (var choice : open) {
      choice
          .from()
          .all()
          .filter(c -> !given.containsKey(choice.key(c)) && isFree(choice, c))
          .findFirst()
          .ifPresentOrElse(c -> give(choice, c, given), () -> nothingFree(choice));
    }
  }

  private void nothingFree(Choice choice) {
    var name = choice.mapped().path().attribute().toString();
    people.block(
        choice.person(), Findings.noneFree(choice.person(), name, choice.from().all().count()));
  }

  /// The candidate that their account has already.
  private Optional<String> kept(Choice choice) {
    var own = own(choice.person());
    if (own.isEmpty()) return Optional.empty();
    var on = choice.mapped().path().attribute();
    var has = Values.keys(own.get().resource().view(), on).toList();
    if (has.isEmpty()) return Optional.empty();
    return choice.from().all().filter(c -> has.contains(choice.key(c))).findFirst();
  }

  private void give(Choice choice, String candidate, Map<String, PersonKey> given) {
    given.put(choice.key(candidate), choice.person());
    var now = standing(choice);
    var settled =
        now.attributes().stream()
            .map(m ->
                m.path().equals(choice.mapped().path()) ? m.with(JSON.stringNode(candidate)) : m)
            .toList();
    people.settle(now.with(settled));
  }

  /// Another rule of theirs may have been settled meanwhile.
  private Desired standing(Choice choice) {
    return people.desired(choice.person()).orElse(choice.desired());
  }

  private boolean isFree(Choice choice, String candidate) {
    var own = own(choice.person()).map(Account::id);
    return holders(choice.mapped().path()).getOrDefault(choice.key(candidate), List.of()).stream()
        .filter(a -> !own.equals(Optional.of(a.id())))
        .allMatch(a -> own.isEmpty() && isTheirsToMatch(choice, a));
  }

  /// Whether a match rule will take this account for the person, as it belongs to nobody: then its
  /// value is theirs.
  private boolean isTheirsToMatch(Choice choice, Account account) {
    var on = choice.mapped().path().attribute();
    return policy.match().stream().anyMatch(rule -> rule.on().equals(on))
        && people.owner(account).isEmpty()
        && Accounts.externalId(account).isEmpty()
        && !accounts.isForeign(account);
  }

  private Optional<Account> own(PersonKey person) {
    var linked = people.account(person);
    if (linked.isPresent()) return linked;
    var theirs = accounts.byExternalId(person.value());
    return Stream.of(theirs)
        .filter(t -> t.size() == 1)
        .map(List::getFirst)
        .filter(a -> !accounts.isForeign(a))
        .findFirst();
  }

  private Map<String, List<Account>> holders(PatchPath path) {
    return holders.computeIfAbsent(path, p -> accounts.holding(p.attribute()));
  }
}
