package dev.tenure.admin;

import dev.tenure.access.Role;
import dev.tenure.http.HttpFailure;
import dev.tenure.http.Request;
import dev.tenure.http.Response;
import dev.tenure.id.OrganizationId;
import dev.tenure.organization.Administration.Overview;
import dev.tenure.organization.Deactivation;
import dev.tenure.organization.Lifecycle.Deletion;
import dev.tenure.organization.Lifecycle.Recreation;
import dev.tenure.organization.Lifecycle.Uniqueness;
import dev.tenure.organization.Organizations;
import dev.tenure.organization.Profile;
import dev.tenure.organization.Quirk;
import dev.tenure.organization.SettingsChoice;
import dev.tenure.scim.Reading;
import dev.tenure.store.TenantStore;
import dev.tenure.view.OrganizationJson;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// What is asked about organizations as such: which there are, and how they are set. What the file
/// owns is `DECLARED_IN_FILE`.
record OrganizationDesk(Organizations organizations, TenantStore tenants) {
  static final String PATH = "/organizations/{organization}";
  static final List<Operation> OPERATIONS =
      List.of(
          Operation.look("/organizations", (d, r) -> d.organizations().list(r)),
          Operation.look(PATH, (d, r) -> d.organizations().one(r)),
          new Operation(
              "POST", "/organizations", Role.ADMINISTRATOR, (d, r) -> d.organizations().create(r)),
          Operation.rule("PATCH", PATH, (d, r) -> d.organizations().change(r)));

  private static final String ORGANIZATION = "organization";
  private static final String ENABLED = "enabled";
  private static final Set<String> SETTINGS =
      Set.of(
          "profile",
          "reading",
          "deactivation",
          "deletion",
          "retentionDays",
          "recreation",
          "unique",
          "quirks");

  /// A hundred years.
  static final int DAYS_MAX = 36_500;

  /// In the order of their names.
  private ObjectNode list(Request request) {
    Wanted.query(request, Set.of(Page.LIMIT, Page.AFTER));
    var all =
        organizations.all().stream().sorted(Comparator.comparing(OrganizationId::value)).toList();
    var page = Page.among(all, OrganizationId::value, request);
    var answer = JsonNodeFactory.instance.objectNode();
    var list = answer.putArray("organizations");
    for (var id : page.entries()) {
      var shown = organizations.administration().show(id);
      list.add(counted(OrganizationJson.settings(shown), shown));
    }
    return page.next(answer, request, last -> Map.of(Page.AFTER, last.value()));
  }

  /// With how much there is.
  private ObjectNode counted(ObjectNode node, Overview shown) {
    var sizes = tenants.sizes(shown.id());
    var counts = node.putObject("counts").put("users", sizes.users());
    counts.put("inactive", sizes.inactive()).put("groups", sizes.groups());
    counts.put("divisions", shown.divisions().size()).put("roles", shown.roles().size());
    return node;
  }

  private ObjectNode one(Request request) {
    Wanted.query(request, Set.of());
    return shown(request, Wanted.organization(request, organizations));
  }

  /// As the command shows it, with how much there is.
  ObjectNode shown(Request request, OrganizationId id) {
    var shown = organizations.administration().show(id);
    return counted(OrganizationJson.of(shown, request.origin()), shown);
  }

  /// Throws `ORGANIZATION_EXISTS`.
  private Response create(Request request) {
    Wanted.query(request, Set.of());
    var names = new HashSet<>(SETTINGS);
    names.add(ORGANIZATION);
    var fields = Fields.of(request, names);
    var id = name(fields.required(ORGANIZATION));
    organizations.administration().create(id, chosen(fields).over(Optional.empty()));
    return Operation.json(201, shown(request, id))
        .with("Location", AdminApi.ROOT + "/organizations/" + id);
  }

  private static OrganizationId name(String text) {
    try {
      return new OrganizationId(text);
    } catch (IllegalArgumentException e) {
      throw new HttpFailure(400, String.valueOf(e.getMessage()));
    }
  }

  private ObjectNode change(Request request) {
    Wanted.query(request, Set.of());
    var id = Wanted.organization(request, organizations);
    var names = new HashSet<>(SETTINGS);
    names.add(ENABLED);
    var fields = Fields.of(request, names);
    var before = organizations.administration().show(id).settings();
    var settings = chosen(fields).over(Optional.of(before));
    var open = fields.flag(ENABLED).orElse(settings.enabled());
    organizations.administration().change(id, settings.enabled(open));
    return shown(request, id);
  }

  private static SettingsChoice chosen(Fields fields) {
    return new SettingsChoice(
        fields.choice("profile", Profile.class),
        fields.choice("reading", Reading.class),
        fields.choice("deactivation", Deactivation.class),
        fields.choice("deletion", Deletion.class),
        fields.count("retentionDays", DAYS_MAX).map(Duration::ofDays),
        fields.choice("recreation", Recreation.class),
        fields.named("unique", Uniqueness::named, Uniqueness.all()),
        fields.named("quirks", Quirk::named, Quirk.all()));
  }
}
