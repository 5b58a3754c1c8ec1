package dev.tenure.organization;

import dev.tenure.config.Section;
import java.util.List;

/// Reads what a group carries: names of roles (one, or with the division that it is limited to),
/// licences and a division, all of which the organization must have.
record GroupReader(List<String> roles, List<String> divisions, List<String> licences) {

  Carried read(Section section) {
    var items = section.items("roles");
    var grants = items.keys().stream().map(key -> grant(items, key)).toList();
    var skus = section.texts("licences");
    skus.forEach(sku -> section.requireKnown("licences", sku, licences));
    var division = section.optionalText("division");
    division.ifPresent(name -> section.requireKnown("division", name, divisions));
    return new Carried(grants, skus, division);
  }

  private RoleGrant grant(Section items, String key) {
    if (!items.isSection(key)) {
      var role = items.text(key, "");
      items.requireKnown(key, role, roles);
      return new RoleGrant(role, "");
    }
    var one = items.section(key).orElseThrow();
    var role = one.text("role");
    one.requireKnown("role", role, roles);
    var division = one.optionalText("division");
    division.ifPresent(name -> one.requireKnown("division", name, divisions));
    return new RoleGrant(role, division.orElse(""));
  }
}
