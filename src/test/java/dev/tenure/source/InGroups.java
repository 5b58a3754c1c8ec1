package dev.tenure.source;

import dev.tenure.id.PersonKey;
import java.util.Set;
import java.util.function.Function;

/// What is known where a feed asks for the members of groups only.
public record InGroups(Function<String, Set<PersonKey>> members) implements Feed.Known {
  /// Nobody was ever seen.
  public static final InGroups NOBODY = new InGroups(_ -> Set.of());

  @Override
  public Set<PersonKey> inGroup(String group) {
    return members.apply(group);
  }

  @Override
  public Set<String> groups() {
    throw new AssertionError("not asked by this feed");
  }

  @Override
  public boolean knows(PersonKey person) {
    throw new AssertionError("not asked by this feed");
  }

  @Override
  public Set<PersonKey> everybody() {
    throw new AssertionError("not asked by this feed");
  }
}
