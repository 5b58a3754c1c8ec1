package dev.tenure.source.scim;

import dev.tenure.id.PersonKey;
import dev.tenure.problem.Code;
import dev.tenure.problem.Problem;
import dev.tenure.source.Intake;
import dev.tenure.source.Person;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import tools.jackson.databind.JsonNode;

/// Makes people of SCIM users: `key` names the attribute that makes a person's key; with
/// `sourceOrg`, users that name another source of truth are no people of this source (law 5).
public record Keying(UserAttributes attributes, String key, Optional<String> sourceOrg) {
  /// Whether a server can be asked who has a key: `eq` on these is what every server knows.
  boolean isSearchable() {
    return key.equals("id") || key.equals("userName") || key.equals("externalId");
  }

  /// Whether the user names another source of truth. Who names none is not foreign.
  public boolean isForeign(JsonNode user) {
    var named = UserAttributes.sourceOrg(user);
    return sourceOrg.isPresent() && !named.isEmpty() && !named.equals(sourceOrg.get());
  }

  /// The key of this user, if it has one.
  public Optional<PersonKey> key(JsonNode user) {
    return key(attributes.of(user));
  }

  private Optional<PersonKey> key(SortedMap<String, List<String>> values) {
    return Optional.ofNullable(values.get(key)).map(List::getFirst).flatMap(Intake::key);
  }

  /// The person, with these groups; empty where it has no key.
  public Optional<Person> person(JsonNode user, SortedMap<String, List<String>> groups) {
    var values = attributes.of(user);
    return key(values).map(k -> new Person(k, values, groups, UserAttributes.isDisabled(user)));
  }

  /// What is said of those that were left out, if any.
  public Optional<Problem> finding(long foreign) {
    if (foreign == 0) return Optional.empty();
    return Optional.of(
        new Problem(
            Code.SOURCE_FOREIGN,
            foreign + " users have another sourceOrg and were left out",
            Map.of("sourceOrg", sourceOrg.orElse("")),
            "nothing if other flows own them; else correct 'sourceOrg' of the source"));
  }
}
