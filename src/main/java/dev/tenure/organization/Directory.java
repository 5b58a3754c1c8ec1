package dev.tenure.organization;

import dev.tenure.database.Database;
import dev.tenure.organization.store.DirectoryStore;
import dev.tenure.organization.store.DirectoryStore.Entry;
import dev.tenure.organization.store.DirectoryStore.Found;
import dev.tenure.organization.store.DirectoryStore.Wanted;
import dev.tenure.organization.store.Slice;
import dev.tenure.scim.ScimJson;
import dev.tenure.scim.schema.Schema;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;

/// Users in every state, those among them that were deleted and can be restored.
public final class Directory {
  /// All states.
  public static final List<String> STATES = List.of("active", "inactive", "deleted");

  private static final Slice.At ONE = new Slice.At(0, 1);
  private final DirectoryStore store;

  Directory(Database database) {
    this.store = new DirectoryStore(database);
  }

  /// One of `fields` (`id`, `state`, `email`, `name`, `title`, `department`, `division`) fits one
  /// of `values`, in any letter case: `type` is `EXACT`, `STARTS_WITH` or `CONTAINS`.
  public record Criterion(String type, List<String> fields, List<String> values) {
    public Criterion {
      fields = List.copyOf(fields);
      values = List.copyOf(values);
    }

    private Optional<String> exact(String field) {
      return type.equals("EXACT") && fields.equals(List.of(field)) && values.size() == 1
          ? Optional.of(values.getFirst())
          : Optional.empty();
    }
  }

  /// Who is looked for: those who fulfil all criteria. With `ids` or `group` only these, or its
  /// direct members.
  public record Search(
      List<String> states,
      Optional<Set<UUID>> ids,
      Optional<UUID> group,
      List<Criterion> criteria) {
    /// All in these states.
    public static Search of(List<String> states) {
      return new Search(states, Optional.empty(), Optional.empty(), List.of());
    }

    /// Only these of them.
    public Search ids(Set<UUID> only) {
      return new Search(states, Optional.of(only), group, criteria);
    }

    /// Only the direct members of this group.
    public Search members(UUID of) {
      return new Search(states, ids, Optional.of(of), criteria);
    }
  }

  /// A page in the order of ids.
  public Found find(Organization organization, Search search, Slice.At slice) {
    return store.find(organization.id(), wanted(organization, search), slice);
  }

  /// Who has this id, in one of these states.
  public Optional<Entry> get(Organization organization, UUID id, List<String> states) {
    return find(organization, Search.of(states).ids(Set.of(id)), ONE).entries().stream()
        .findFirst();
  }

  /// The division of who has none: `Home`, or else the first one.
  public static String home(Organization organization) {
    var divisions = organization.divisions();
    return divisions.isEmpty() || divisions.contains("Home") ? "Home" : divisions.getFirst();
  }

  private static Wanted wanted(Organization organization, Search search) {
    var email =
        search.criteria().stream().flatMap(c -> c.exact("email").stream()).findFirst().orElse(null);
    return new Wanted(
        search.states(),
        email == null ? null : UserDocument.fold(email),
        search.group().orElse(null),
        ids(search),
        criteria(search.criteria()),
        home(organization),
        Schema.ENTERPRISE);
  }

  private static @Nullable List<UUID> ids(Search search) {
    return search.ids().<@Nullable List<UUID>>map(List::copyOf).orElse(null);
  }

  private static String criteria(List<Criterion> criteria) {
    var all = JsonNodeFactory.instance.arrayNode();
    for (var criterion : criteria) {
      var one = all.addObject().put("type", criterion.type());
      criterion.fields().forEach(one.putArray("fields")::add);
      criterion.values().forEach(one.putArray("values")::add);
    }
    return ScimJson.write(all);
  }
}
