package dev.tenure.plan;

import dev.tenure.policy.Desired;
import dev.tenure.policy.Desired.Mapped;
import dev.tenure.policy.Desired.Rest.FirstFree;
import dev.tenure.policy.MatchRule;
import dev.tenure.scim.schema.AttributeRef;
import dev.tenure.scim.schema.ResourceType;
import dev.tenure.target.Account;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/// The keys by which a planner finds accounts, for those who keep accounts and look some of them
/// up: their userName, externalId, and what match rules and unique values look at.
public final class AccountKeys {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final String USER_NAME = "u:";
  private static final String EXTERNAL_ID = "e:";
  private static final int LENGTH_MAX = 300;

  private final ResourceType userType;
  private final List<AttributeRef> attributes;
  private final boolean hasUniques;

  /// `uniques` are the attributes whose values nobody may have twice.
  public AccountKeys(ResourceType userType, List<MatchRule> match, List<AttributeRef> uniques) {
    this.userType = userType;
    this.hasUniques = !uniques.isEmpty();
    this.attributes =
        Stream.concat(match.stream().map(MatchRule::on), uniques.stream()).distinct().toList();
  }

  /// Whether some rule offers several values, of which nobody else may have the one taken.
  public boolean hasUniques() {
    return hasUniques;
  }

  /// The keys that this account is found by.
  public List<String> of(Account account) {
    var keys = new LinkedHashSet<String>();
    keys.add(USER_NAME + Accounts.nameKey(Accounts.name(account)));
    Accounts.externalId(account).ifPresent(id -> keys.add(EXTERNAL_ID + id));
    keys.addAll(values(account.resource().view()));
    return keys.stream().map(AccountKeys::storable).distinct().toList();
  }

  /// PostgreSQL keeps no NUL, and its indexes nothing of any length. Two values that come to the
  /// same here are told apart by the planner.
  private static String storable(String key) {
    var text = key.replace('\0', '\uFFFD');
    if (text.length() <= LENGTH_MAX) return text;
    return text.substring(0, LENGTH_MAX) + '#' + Integer.toHexString(text.hashCode());
  }

  private List<String> values(JsonNode resource) {
    var keys = new ArrayList<String>();
    for (var on : attributes) {
      Values.keys(resource, on).map(value -> on + "=" + value).forEach(keys::add);
    }
    return keys;
  }

  /// The key of the accounts with this externalId.
  public static String externalId(String externalId) {
    return storable(EXTERNAL_ID + externalId);
  }

  /// The keys of all accounts that the person might have, or that might have what the person should
  /// get. Of values that are tried one after the other only the first so many.
  public Set<String> sought(Desired desired, int candidatesMax) {
    var keys = new LinkedHashSet<String>();
    keys.add(externalId(desired.person().value()));
    Blueprint.userName(desired).ifPresent(n -> keys.add(USER_NAME + Accounts.nameKey(n)));
    keys.addAll(values(Blueprint.of(desired, userType).view()));
    for (var mapped : desired.attributes()) {
      if (mapped.rest() instanceof FirstFree from) {
        from.all().limit(candidatesMax).forEach(c -> keys.addAll(of(mapped, c)));
      }
    }
    return keys.stream().map(AccountKeys::storable).collect(Collectors.toSet());
  }

  /// Whether all of these first candidates are taken and there are more: then it is not known yet
  /// what the person can get.
  public boolean isExhausted(Desired desired, int candidatesMax, Set<String> taken) {
    return desired.attributes().stream()
        .anyMatch(mapped ->
            mapped.rest() instanceof FirstFree from
                && from.all().skip(candidatesMax).findAny().isPresent()
                && from.all()
                    .limit(candidatesMax)
                    .allMatch(c -> of(mapped, c).stream().anyMatch(taken::contains)));
  }

  private static List<String> of(Mapped mapped, String candidate) {
    var on = mapped.path().attribute();
    var key = Likeness.key(mapped.path().leaf(), JSON.stringNode(candidate));
    return List.of(on + "=" + key, USER_NAME + Accounts.nameKey(candidate));
  }
}
