package dev.tenure.plan;

import dev.tenure.id.AccountId;
import dev.tenure.policy.MatchRule;
import dev.tenure.scim.schema.AttributeRef;
import dev.tenure.target.Account;
import dev.tenure.target.Target;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/// The target's accounts, found by id, userName, externalId and by what the match rules look at.
/// The indexes are built once, so that a match costs the same among ten accounts and a million.
final class Accounts {
  private static final Comparator<Account> BY_ID = Comparator.comparing(a -> a.id().value());

  private final PlanPolicy policy;
  private final Map<AccountId, Account> byId = new HashMap<>();
  private final Map<String, List<Account>> byUserName = new HashMap<>();
  private final Map<String, List<Account>> byExternalId = new HashMap<>();
  private final List<RuleIndex> byRule;

  private record RuleIndex(AttributeRef on, Map<String, List<Account>> accounts) {}

  Accounts(List<Account> accounts, PlanPolicy policy) {
    this.policy = policy;
    this.byRule = policy.match().stream().map(r -> new RuleIndex(r.on(), new HashMap<>())).toList();
    accounts.stream().sorted(BY_ID).forEach(this::add);
  }

  private void add(Account account) {
    if (byId.putIfAbsent(account.id(), account) != null) return;
    var resource = account.resource().view();
    text(account, "userName").ifPresent(n -> put(byUserName, nameKey(n), account));
    text(account, "externalId").ifPresent(e -> put(byExternalId, e, account));
    for (var index : byRule) {
      Values.keys(resource, index.on())
          .distinct()
          .forEach(key -> put(index.accounts(), key, account));
    }
  }

  private static void put(Map<String, List<Account>> index, String key, Account account) {
    index.merge(key, List.of(account), (a, b) -> Stream.concat(a.stream(), b.stream()).toList());
  }

  Optional<Account> byId(AccountId id) {
    return Optional.ofNullable(byId.get(id));
  }

  /// Each once, in ascending order of id.
  List<Account> all() {
    return byId.values().stream().sorted(BY_ID).toList();
  }

  /// Letter case does not matter (RFC 7643 §4.1.1). In ascending order of id, as all lists here.
  List<Account> byUserName(String userName) {
    return byUserName.getOrDefault(nameKey(userName), List.of());
  }

  List<Account> byExternalId(String externalId) {
    return byExternalId.getOrDefault(externalId, List.of());
  }

  /// Those that have a value of the rule's attribute in common with the desired resource.
  List<Account> matching(MatchRule rule, JsonNode desired) {
    var index =
        byRule.stream().filter(i -> i.on().equals(rule.on())).findFirst().orElseThrow().accounts();
    var hits = new ArrayList<Account>();
    Values.keys(desired, rule.on())
        .flatMap(key -> index.getOrDefault(key, List.of()).stream())
        .filter(account -> !hits.contains(account))
        .forEach(hits::add);
    hits.sort(BY_ID);
    return hits;
  }

  /// All accounts by the values that they have of this attribute, in the form of [Likeness#key].
  Map<String, List<Account>> holding(AttributeRef on) {
    var index = new HashMap<String, List<Account>>();
    byId.values().stream()
        .sorted(BY_ID)
        .forEach(account ->
            Values.keys(account.resource().view(), on)
                .distinct()
                .forEach(key -> put(index, key, account)));
    return index;
  }

  /// Whether another source of truth rules over it (law 5).
  boolean isForeign(Account account) {
    return isForeign(account, policy);
  }

  static boolean isForeign(Account account, PlanPolicy policy) {
    return Target.sourceOrg(account).filter(org -> !org.isBlank()).stream()
        .anyMatch(org -> !policy.sourceOrg().equals(Optional.of(org)));
  }

  /// What people call it: its userName, or its id where it has none.
  static String name(Account account) {
    return text(account, "userName").orElse(account.id().value());
  }

  static Optional<String> externalId(Account account) {
    return text(account, "externalId");
  }

  static String nameKey(String userName) {
    return userName.toLowerCase(Locale.ROOT);
  }

  private static Optional<String> text(Account account, String name) {
    return Optional.of(Values.member(account.resource().view(), name).asString(""))
        .filter(t -> !t.isBlank());
  }
}
