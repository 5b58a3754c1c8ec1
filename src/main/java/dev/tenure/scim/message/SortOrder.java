package dev.tenure.scim.message;

import dev.tenure.scim.Reading;
import dev.tenure.scim.ScimException;
import dev.tenure.scim.ScimType;
import dev.tenure.scim.schema.Attribute;
import dev.tenure.scim.schema.Attribute.Returned;
import dev.tenure.scim.schema.AttributePaths;
import dev.tenure.scim.schema.AttributeRef;
import dev.tenure.scim.schema.ResourceType;
import java.util.Optional;

/// The order of a list (RFC 7644 §3.4.2.3): by the value of `by`, in one direction or the other; a
/// multi-valued attribute counts with its primary value, else its first. Resources without a value
/// stand last when ascending, first when descending. Those with the same value, and all where `by`
/// is absent, stand in the order of their ids.
public record SortOrder(Optional<AttributeRef> by, boolean descending) {
  /// That of creation.
  public static final SortOrder BY_ID = new SortOrder(Optional.empty(), false);

  /// What `sortBy` and `sortOrder` ask for. An attribute that the type does not have, or that is
  /// never returned, is one without values; in strict reading 400 `invalidValue` and 403
  /// `sensitive`. A complex attribute without a `value` needs a sub-attribute: else 400
  /// `invalidValue`.
  public static SortOrder of(SearchRequest search, ResourceType type, Reading reading) {
    if (search.sortBy().isEmpty()) return BY_ID;
    var found =
        reading.isTolerant()
            ? AttributePaths.resolveShort(type, search.sortBy())
            : AttributePaths.resolve(type, search.sortBy());
    if (found.isEmpty() && !reading.isTolerant()) throw unknown(search.sortBy(), type);
    var by = found.map(SortOrder::sortable).filter(ref -> isShown(ref, reading));
    return new SortOrder(by, search.descending());
  }

  /// `emails` alone stands for `emails.value`, as in filters.
  private static AttributeRef sortable(AttributeRef ref) {
    if (ref.leaf().type() != Attribute.Type.COMPLEX) return ref;
    var value = ref.sub().isEmpty() ? ref.attribute().sub("value") : Optional.<Attribute>empty();
    if (value.isPresent()) return new AttributeRef(ref.attribute(), ref.extension(), value);
    throw ScimException.bad(
        ScimType.invalidValue, "sortBy: '" + ref + "' needs a sub-attribute such as '.value'");
  }

  /// The order must not tell what the answer may not.
  private static boolean isShown(AttributeRef ref, Reading reading) {
    var hidden =
        ref.attribute().returned() == Returned.NEVER || ref.leaf().returned() == Returned.NEVER;
    if (hidden && !reading.isTolerant()) {
      throw new ScimException(403, ScimType.sensitive, "sortBy: '" + ref + "' cannot be asked for");
    }
    return !hidden;
  }

  private static ScimException unknown(String path, ResourceType type) {
    var nearest = AttributePaths.nearest(type, path).map(n -> "; nearest is '" + n + "'");
    return ScimException.bad(
        ScimType.invalidValue, "sortBy names no attribute" + nearest.orElse(""));
  }
}
