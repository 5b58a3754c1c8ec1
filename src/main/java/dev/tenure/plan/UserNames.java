package dev.tenure.plan;

import dev.tenure.id.PersonKey;
import dev.tenure.policy.Desired;
import dev.tenure.policy.Standing;
import dev.tenure.target.Account;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

/// Sees to it that no userName is wanted twice: by two people, or by one person while the account
/// of another has it (law 4; RFC 7643 §4.1.1, letter case does not matter).
final class UserNames {
  private final Accounts accounts;
  private final People people;
  private final Reach reach;
  private final Map<PersonKey, Wish> single = new TreeMap<>();

  private record Wish(PersonKey person, String userName) {}

  UserNames(Accounts accounts, People people, Reach reach) {
    this.accounts = accounts;
    this.people = people;
    this.reach = reach;
  }

  /// Leaves out everybody whose userName would clash.
  void run() {
    var wishes = new TreeMap<String, List<Wish>>();
    for (var standing : people.standings()) {
      if (standing instanceof Standing.InScope(Desired desired)
          && !people.isBlocked(desired.person())) {
        wish(desired).ifPresent(w -> wishes.computeIfAbsent(key(w), _ -> new ArrayList<>()).add(w));
      }
    }
    wishes.values().forEach(this::settle);
    // Whoever is left out keeps a name that another one may have counted on.
    while (single.values().removeIf(this::isNotFree)) {}
  }

  private Optional<Wish> wish(Desired desired) {
    var userName = Blueprint.userName(desired);
    if (userName.isEmpty() && people.account(desired.person()).isEmpty()) {
      people.block(desired.person(), Findings.noName(desired.person()));
    }
    return userName.map(name -> new Wish(desired.person(), name));
  }

  private static String key(Wish wish) {
    return Accounts.nameKey(wish.userName());
  }

  private void settle(List<Wish> wishes) {
    if (wishes.size() == 1) {
      single.put(wishes.getFirst().person(), wishes.getFirst());
      return;
    }
    var all = wishes.stream().map(Wish::person).toList();
    var keeper = only(wishes, this::hasIt).or(() -> only(wishes, w -> people.isKept(w.person())));
    for (var wish : wishes) {
      if (keeper.filter(wish.person()::equals).isPresent()) single.put(wish.person(), wish);
      else {
        people.block(wish.person(), Findings.sameName(wish.person(), wish.userName(), all, keeper));
      }
    }
  }

  private static Optional<PersonKey> only(List<Wish> wishes, Predicate<Wish> holds) {
    var those = wishes.stream().filter(holds).map(Wish::person).toList();
    return those.size() == 1 ? Optional.of(those.getFirst()) : Optional.empty();
  }

  private boolean hasIt(Wish wish) {
    return people
        .account(wish.person())
        .filter(a -> Accounts.nameKey(Accounts.name(a)).equals(key(wish)))
        .isPresent();
  }

  private boolean isNotFree(Wish wish) {
    var own = people.account(wish.person());
    var holder =
        accounts.byUserName(wish.userName()).stream()
            .filter(a -> own.filter(o -> o.id().equals(a.id())).isEmpty())
            .findFirst()
            .filter(_ -> !hasIt(wish))
            .filter(a -> !isGivenUp(a));
    holder.ifPresent(account ->
        people.block(wish.person(), Findings.nameTaken(wish.person(), wish.userName(), account)));
    return holder.isPresent();
  }

  /// Whether its owner gets another userName by this very plan.
  private boolean isGivenUp(Account account) {
    var owner = people.owner(account).filter(reach::concerns);
    return owner
        .map(single::get)
        .filter(wish -> !key(wish).equals(Accounts.nameKey(Accounts.name(account))))
        .flatMap(wish -> people.desired(wish.person()))
        .filter(Blueprint::rulesUserName)
        .isPresent();
  }
}
