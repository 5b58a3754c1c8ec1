package dev.tenure.organization;

import dev.tenure.organization.store.GroupStore.Members;
import dev.tenure.organization.store.Ids;
import dev.tenure.scim.ScimException;
import dev.tenure.scim.ScimType;
import dev.tenure.scim.filter.Filter;
import dev.tenure.scim.patch.PatchOperation;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/// What the operations of a PATCH do to the members of a group, all together.
final class MemberChange {
  private final Set<UUID> added = new LinkedHashSet<>();
  private final Set<UUID> removed = new LinkedHashSet<>();
  private boolean emptied;

  private MemberChange() {}

  static boolean isOfMembers(PatchOperation operation) {
    return operation.path().attribute().parent().toString().equals("members");
  }

  /// Later operations overrule earlier ones.
  static Members of(List<PatchOperation> operations) {
    var change = new MemberChange();
    operations.stream().filter(MemberChange::isOfMembers).forEach(change::apply);
    return new Members(change.emptied, change.added, change.removed);
  }

  /// The ids in a list of members. Throws 400 `invalidValue` for one that is none.
  static Set<UUID> ids(JsonNode members) {
    var ids = new LinkedHashSet<UUID>();
    var all = members.isArray() ? members.valueStream().toList() : List.of(members);
    all.stream().filter(m -> !m.isMissingNode() && !m.isNull()).forEach(m -> ids.add(id(m)));
    return ids;
  }

  private void apply(PatchOperation operation) {
    var selected = operation.path().values().map(MemberChange::selected);
    switch (operation) {
      case PatchOperation.Add(var path, var value) -> {
        if (path.attribute().sub().isPresent()) throw immutable();
        var ids = ids(value);
        if (selected.isPresent() && !selected.get().containsAll(ids)) throw immutable();
        add(ids);
      }
      case PatchOperation.Replace(var path, var value) -> {
        if (path.attribute().sub().isPresent()) throw immutable();
        if (selected.isPresent()) remove(selected.get());
        else empty();
        add(ids(value));
      }
      case PatchOperation.Remove(var path, var values) -> {
        if (path.attribute().sub().isPresent()) throw immutable();
        if (selected.isPresent()) remove(selected.get());
        else if (values.isNull()) empty();
        else remove(ids(values));
      }
    }
  }

  private void add(Set<UUID> ids) {
    added.addAll(ids);
    removed.removeAll(ids);
  }

  private void remove(Set<UUID> ids) {
    removed.addAll(ids);
    added.removeAll(ids);
  }

  private void empty() {
    emptied = true;
    added.clear();
    removed.clear();
  }

  /// `value eq "…"`, or several of them with `or`: other filters would need all members to be read.
  private static Set<UUID> selected(Filter filter) {
    return switch (filter) {
      case Filter.Or(var left, var right) -> {
        var both = new LinkedHashSet<>(selected(left));
        both.addAll(selected(right));
        yield both;
      }
      case Filter.Comparison c
          when c.operator() == Filter.Operator.EQ && c.attribute().leaf().name().equals("value") ->
          Ids.parse(c.value().asString("")).map(Set::of).orElse(Set.of());
      case Filter.Comparison _ -> throw unsupported();
      case Filter.And _ -> throw unsupported();
      case Filter.Not _ -> throw unsupported();
      case Filter.Present _ -> throw unsupported();
      case Filter.ValuePath _ -> throw unsupported();
      case Filter.Nothing _ -> Set.of();
    };
  }

  private static UUID id(JsonNode member) {
    var value = member.isObject() ? member.path("value") : member;
    return Optional.of(value.asString(""))
        .flatMap(Ids::parse)
        .orElseThrow(() ->
            ScimException.bad(
                ScimType.invalidValue, "'" + value.asString("") + "' is no id of a member"));
  }

  private static ScimException unsupported() {
    return ScimException.bad(
        ScimType.invalidFilter, "members are selected by 'value eq \"id\"', joined by 'or'");
  }

  private static ScimException immutable() {
    return ScimException.bad(
        ScimType.mutability, "a member is added or removed, never changed (RFC 7643 §8.7.1)");
  }
}
