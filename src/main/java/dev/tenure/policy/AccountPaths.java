package dev.tenure.policy;

import dev.tenure.scim.Reading;
import dev.tenure.scim.ScimException;
import dev.tenure.scim.ScimType;
import dev.tenure.scim.patch.PatchPath;
import dev.tenure.scim.patch.PathParser;
import dev.tenure.scim.schema.Attribute.Mutability;
import dev.tenure.scim.schema.AttributePaths;
import dev.tenure.scim.schema.AttributeRef;
import dev.tenure.scim.schema.ResourceType;
import java.util.Optional;

/// Finds the attributes of accounts by the paths of a configuration, where an extension's attribute
/// may stand without its URN.
final class AccountPaths {
  private final ResourceType type;

  AccountPaths(ResourceType type) {
    this.type = type;
  }

  /// The attribute, or the sub-attribute, of this name.
  Optional<AttributeRef> attribute(String path) {
    return AttributePaths.resolveShort(type, path);
  }

  Optional<String> nearest(String path) {
    return AttributePaths.nearest(type, path);
  }

  /// A path that can be written. Throws [ScimException] that says why not.
  PatchPath writable(String text) {
    var path = parse(text.strip());
    var mutability = path.attribute().attribute().mutability();
    if (mutability == Mutability.READ_ONLY || path.leaf().mutability() == Mutability.READ_ONLY) {
      throw ScimException.bad(ScimType.mutability, "'" + text + "' cannot be written");
    }
    return path;
  }

  private PatchPath parse(String text) {
    int bracket = text.indexOf('[');
    var name = bracket < 0 ? text : text.substring(0, bracket);
    var found =
        attribute(name)
            .orElseThrow(() ->
                ScimException.bad(
                    ScimType.invalidPath, "an account has no attribute '" + name + "'"));
    if (bracket < 0) return PatchPath.of(found);
    return PathParser.parse(found + text.substring(bracket), type, Reading.STRICT);
  }
}
