package dev.tenure.admin;

import dev.tenure.http.HttpFailure;
import dev.tenure.http.Request;
import dev.tenure.id.OrganizationId;
import dev.tenure.organization.Administration;
import dev.tenure.organization.Administration.Overview;
import dev.tenure.organization.Administration.Part;
import dev.tenure.organization.Carried;
import dev.tenure.organization.Licences.PoolUse;
import dev.tenure.organization.Licences.WhenFull;
import dev.tenure.organization.OrganizationConfig.Licence;
import dev.tenure.organization.Organizations;
import dev.tenure.organization.RoleGrant;
import java.math.BigDecimal;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/// What an organization is made of: divisions, roles, licence pools, and what groups carry. Each
/// change is answered with the organization as it is now. What the file owns is `DECLARED_IN_FILE`,
/// a part that is named in a body and is not there `ORGANIZATION_PART_UNKNOWN`.
record PartDesk(Organizations organizations, OrganizationDesk whole) {
  private static final String DIVISION = "division";
  private static final String ROLE = "role";
  private static final String LICENCE = "licence";
  private static final String GROUP = "group";
  private static final String DIVISIONS = OrganizationDesk.PATH + "/divisions/{division}";
  private static final String ROLES = OrganizationDesk.PATH + "/roles/{role}";
  private static final String LICENCES = OrganizationDesk.PATH + "/licences/{licence}";
  private static final String GROUPS = OrganizationDesk.PATH + "/groups/{group}";
  private static final double PRICE_MAX = 1e12;
  private static final int PRICE_DIGITS = 6;

  static final List<Operation> OPERATIONS =
      List.of(
          Operation.rule("PUT", DIVISIONS, (d, r) -> d.parts().division(r)),
          Operation.rule(
              "DELETE", DIVISIONS, (d, r) -> d.parts().remove(r, Part.DIVISION, DIVISION)),
          Operation.rule("PUT", ROLES, (d, r) -> d.parts().role(r)),
          Operation.rule("DELETE", ROLES, (d, r) -> d.parts().remove(r, Part.ROLE, ROLE)),
          Operation.rule("PUT", LICENCES, (d, r) -> d.parts().licence(r)),
          Operation.rule("DELETE", LICENCES, (d, r) -> d.parts().remove(r, Part.LICENCE, LICENCE)),
          Operation.rule("PUT", GROUPS, (d, r) -> d.parts().carry(r)));

  private Administration administration() {
    return organizations.administration();
  }

  private OrganizationId organization(Request request) {
    Wanted.query(request, Set.of());
    return Wanted.organization(request, organizations);
  }

  private ObjectNode shown(Request request, OrganizationId id) {
    return whole.shown(request, id);
  }

  private ObjectNode division(Request request) {
    var id = organization(request);
    Wanted.body(request, Set.of());
    administration().addDivision(id, Wanted.name(request, DIVISION));
    return shown(request, id);
  }

  private ObjectNode role(Request request) {
    var id = organization(request);
    var fields = Fields.of(request, Set.of(LICENCE));
    administration().putRole(id, Wanted.name(request, ROLE), fields.words(LICENCE));
    return shown(request, id);
  }

  /// What is left out stays as it is.
  private ObjectNode licence(Request request) {
    var id = organization(request);
    var sku = Wanted.name(request, LICENCE);
    var fields = Fields.of(request, Set.of("name", "seats", "price", "currency", "whenFull"));
    var pools = administration().show(id).pools().stream();
    var before = pools.filter(p -> p.sku().equals(sku)).findFirst();
    administration()
        .putLicence(
            id,
            new Licence(
                sku,
                fields.words("name").or(() -> before.map(PoolUse::name)).orElse(sku),
                fields
                    .count("seats", Integer.MAX_VALUE)
                    .or(() -> before.map(PoolUse::seats))
                    .orElse(0),
                fields.body().has("price")
                    ? price(fields)
                    : before.map(PoolUse::price).orElse(BigDecimal.ZERO),
                fields.words("currency").or(() -> before.map(PoolUse::currency)).orElse("EUR"),
                fields
                    .choice("whenFull", WhenFull.class)
                    .or(() -> before.map(PoolUse::whenFull))
                    .orElse(WhenFull.OVERDRAW)));
    return shown(request, id);
  }

  private static BigDecimal price(Fields fields) {
    var node = fields.body().path("price");
    if (node.isNumber() && node.doubleValue() >= 0 && node.doubleValue() < PRICE_MAX) {
      var price = BigDecimal.valueOf(node.doubleValue());
      if (price.scale() <= PRICE_DIGITS) return price;
    }
    throw new HttpFailure(400, "price is an amount such as 115.00");
  }

  /// Lets a group carry this and nothing else; it is made where there is none.
  private ObjectNode carry(Request request) {
    var id = organization(request);
    var fields = Fields.of(request, Set.of("roles", "licences", DIVISION));
    var roles =
        fields.each("roles", ROLE, DIVISION).stream()
            .map(one -> new RoleGrant(one.required(ROLE), one.words(DIVISION).orElse("")))
            .toList();
    var licences = fields.texts("licences").orElse(List.of());
    var carried = new Carried(roles, licences, fields.words(DIVISION));
    administration().carry(id, Wanted.name(request, GROUP), carried);
    return shown(request, id);
  }

  private ObjectNode remove(Request request, Part part, String variable) {
    var id = organization(request);
    Wanted.body(request, Set.of());
    var name = Wanted.name(request, variable);
    if (!names(administration().show(id), part).contains(name)) {
      throw new HttpFailure(404, "the organization has no " + variable + " of this name");
    }
    administration().remove(id, part, name);
    return shown(request, id);
  }

  private static List<String> names(Overview shown, Part part) {
    return switch (part) {
      case DIVISION -> shown.divisions();
      case ROLE -> List.copyOf(shown.roles().keySet());
      case LICENCE -> shown.pools().stream().map(PoolUse::sku).toList();
    };
  }
}
