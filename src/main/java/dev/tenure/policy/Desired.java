package dev.tenure.policy;

import dev.tenure.id.PersonKey;
import dev.tenure.scim.patch.PatchPath;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// The account as the rules want it, attribute by attribute.
///
/// Always with `externalId` (the person's key), `active` and, where the flow has one, `sourceOrg`.
/// `scope` says in words why the person is in: `member of Genesys_Cloud_Users via Sales`.
public record Desired(PersonKey person, List<Mapped> attributes, String scope) {
  public Desired {
    attributes = List.copyOf(attributes);
  }

  /// One attribute. `value` has the shape that SCIM gives to the path's leaf: a scalar, or an array
  /// for a multi-valued one (`roles` → `[{"value":"Agent"}]`); JSON null where the rule gave
  /// nothing and the attribute is to be without a value. `rule` is the expression as written.
  public record Mapped(PatchPath path, JsonNode value, Owner owner, String rule) {}

  /// Who rules over an attribute after the account was made.
  public enum Owner {
    /// The flow: a difference is put right.
    ALWAYS,
    /// The flow at creation, the target from then on.
    ON_CREATE
  }
}
