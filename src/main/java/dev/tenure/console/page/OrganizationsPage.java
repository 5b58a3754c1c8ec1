package dev.tenure.console.page;

import dev.tenure.console.Asked;
import dev.tenure.console.Gate;
import dev.tenure.console.Pages;
import dev.tenure.console.Parts;
import dev.tenure.http.HttpFailure;
import dev.tenure.http.Query;
import dev.tenure.http.Response;
import dev.tenure.http.Routes;
import dev.tenure.id.OrganizationId;
import dev.tenure.organization.Administration;
import dev.tenure.organization.Clients;
import dev.tenure.organization.Grants;
import dev.tenure.organization.LimitUse;
import dev.tenure.organization.Sessions;
import dev.tenure.store.TenantStore;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// The organizations that are hosted here: settings, users, groups, clients, sessions, streams.
public final class OrganizationsPage {
  private static final int SHOWN = 50;
  private static final UUID FIRST = new UUID(0, 0);
  private static final UUID LAST = new UUID(-1, -1);
  private static final List<String> TABS =
      List.of("settings", "users", "groups", "clients", "sessions", "streams");

  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private final Parts parts;
  private final Pages pages;
  private final TenantStore tenants;

  public OrganizationsPage(Parts parts, Pages pages) {
    this.parts = parts;
    this.pages = pages;
    this.tenants = new TenantStore(parts.database());
  }

  public Routes routes(Gate gate) {
    return new Routes()
        .add("GET", "/console/organizations", gate.page(this::list))
        .add("GET", "/console/organizations/{org}", gate.page(this::settings))
        .add("GET", "/console/organizations/{org}/users", gate.page(this::users))
        .add("GET", "/console/organizations/{org}/users/{id}", gate.page(this::user))
        .add("GET", "/console/organizations/{org}/groups", gate.page(this::groups))
        .add("GET", "/console/organizations/{org}/clients", gate.page(this::clients))
        .add("GET", "/console/organizations/{org}/sessions", gate.page(this::sessions))
        .add("GET", "/console/organizations/{org}/streams", gate.page(this::streams));
  }

  /// What all pages of one organization have in common.
  public record Head(String organization, String tab) {
    public List<String> tabs() {
      return TABS;
    }

    public String path(String name) {
      var base = "/console/organizations/" + organization;
      return name.equals("settings") ? base : base + "/" + name;
    }
  }

  /// An organization in the list.
  public record Row(Administration.Overview shown, TenantStore.Sizes sizes) {}

  public record ListView(List<Row> rows) {}

  public record SettingsView(
      Head head, Administration.Overview shown, TenantStore.Sizes sizes, String scim) {}

  public record UsersView(
      Head head,
      String text,
      String active,
      List<TenantStore.UserRow> rows,
      Optional<String> next) {}

  public record UserView(
      Head head,
      TenantStore.WholeUser user,
      String userName,
      String json,
      Grants.Held held,
      List<Sessions.Session> sessions) {}

  public record GroupsView(
      Head head, String text, List<TenantStore.GroupRow> rows, Optional<String> next) {}

  /// A client, its limit in words, and how that is used now.
  public record ClientRow(Clients.Shown client, String limit, Optional<LimitUse> use) {}

  /// `refused`: the requests over the limit in the last two days.
  public record ClientsView(Head head, List<ClientRow> rows, Chart refused, Instant now) {}

  public record SessionsView(
      Head head, List<TenantStore.SessionRow> rows, Optional<String> next, Instant now) {}

  public record StreamsView(Head head, List<TenantStore.StreamRow> rows) {}

  private Response list(Asked asked) {
    var rows =
        parts.organizations().all().stream()
            .map(id -> new Row(parts.organizations().administration().show(id), tenants.sizes(id)))
            .toList();
    var sort = new Pages.Sort("Organizations", "organizations", "tenure org list");
    return pages.page(asked, sort, "organizations.jte", new ListView(rows));
  }

  private Response settings(Asked asked) {
    var id = id(asked);
    var view =
        new SettingsView(
            new Head(id.value(), "settings"),
            parts.organizations().administration().show(id),
            tenants.sizes(id),
            asked.request().origin() + "/" + id + "/scim/v2");
    return pages.page(asked, sort(id, "tenure org show " + id), "organization.jte", view);
  }

  private static Pages.Sort sort(OrganizationId id, String cli) {
    return new Pages.Sort("Organization " + id, "organizations", cli);
  }

  private OrganizationId id(Asked asked) {
    var name = asked.request().variable("org");
    return parts.organizations().all().stream()
        .filter(o -> o.value().equals(name))
        .findFirst()
        .orElseThrow(() -> new HttpFailure(404, "there is no organization '" + name + "'"));
  }

  private Response users(Asked asked) {
    var id = id(asked);
    var text = asked.text("q");
    var active = asked.text("active").filter(a -> a.equals("true") || a.equals("false"));
    var wanted =
        new TenantStore.Wanted(
            text, active.map(Boolean::valueOf), asked.text("after").orElse(""), SHOWN + 1);
    var found = tenants.users(id, wanted);
    var next =
        next(found, "&q=" + Query.encoded(text.orElse("")) + "&active=" + active.orElse(""))
            .map(q -> q + "&after=" + Query.encoded(found.get(SHOWN - 1).key()));
    var view =
        new UsersView(
            new Head(id.value(), "users"), text.orElse(""), active.orElse(""), cut(found), next);
    var cli = "tenure org show " + id;
    return pages.page(asked, sort(id, cli), "organization-users.jte", view);
  }

  private static Optional<String> next(List<?> found, String query) {
    return found.size() > SHOWN ? Optional.of("?" + query.substring(1)) : Optional.empty();
  }

  private static <T> List<T> cut(List<T> found) {
    return found.size() > SHOWN ? found.subList(0, SHOWN) : found;
  }

  private Response user(Asked asked) {
    var id = id(asked);
    var user =
        PersonPage.uuid(asked.request().variable("id"))
            .flatMap(u -> tenants.user(id, u))
            .orElseThrow(() -> new HttpFailure(404, "there is no such user in " + id));
    var document = JSON.readTree(user.document());
    var userName = document.path("userName").asString("");
    var view =
        new UserView(
            new Head(id.value(), "users"),
            user,
            userName,
            JSON.writeValueAsString(document),
            parts.organizations().grants().of(id, user.id()),
            parts.organizations().sessions().list(id, user.id()));
    var cli = "tenure org grants " + id + " " + userName;
    return pages.page(
        asked, new Pages.Sort(userName, "organizations", cli), "organization-user.jte", view);
  }

  private Response groups(Asked asked) {
    var id = id(asked);
    var text = asked.text("q").map(t -> t.toLowerCase(Locale.ROOT));
    var after = asked.text("id").flatMap(PersonPage::uuid).orElse(FIRST);
    var wanted =
        new TenantStore.Wanted(text, Optional.empty(), asked.text("after").orElse(""), SHOWN + 1);
    var found = tenants.groups(id, wanted, after);
    var next =
        next(found, "&q=" + Query.encoded(text.orElse("")))
            .map(q ->
                q
                    + "&after="
                    + Query.encoded(found.get(SHOWN - 1).key())
                    + "&id="
                    + found.get(SHOWN - 1).id());
    var view = new GroupsView(new Head(id.value(), "groups"), text.orElse(""), cut(found), next);
    return pages.page(asked, sort(id, "tenure org show " + id), "organization-groups.jte", view);
  }

  private Response clients(Asked asked) {
    var id = id(asked);
    var limits = tenants.limits(id);
    var usual = limits.getOrDefault("", "the usual one");
    var uses = parts.organizations().limitUse(id);
    var rows =
        parts.organizations().clients().list(id).stream()
            .map(c -> parts.organizations().clients().show(id, c.name()))
            .map(c ->
                new ClientRow(
                    c,
                    limits.getOrDefault(c.name(), usual),
                    Optional.ofNullable(uses.get(c.name()))))
            .toList();
    var now = parts.engine().world().clock().instant();
    var view = new ClientsView(new Head(id.value(), "clients"), rows, refused(id, now), now);
    return pages.page(
        asked, sort(id, "tenure client list " + id), "organization-clients.jte", view);
  }

  private Chart refused(OrganizationId id, Instant now) {
    var last = now.truncatedTo(ChronoUnit.HOURS);
    var first = last.minus(Duration.ofHours(OverviewPage.HOURS - 1L));
    var hours =
        tenants.limited(id, first).stream()
            .collect(Collectors.toMap(TenantStore.Hour::hour, TenantStore.Hour::size));
    return OverviewPage.refused(hours, first, last);
  }

  private Response sessions(Asked asked) {
    var id = id(asked);
    var before = asked.text("before").flatMap(PersonPage::uuid).orElse(LAST);
    var found = tenants.sessions(id, before, SHOWN + 1);
    var next = next(found, "&before=" + (found.size() > SHOWN ? found.get(SHOWN - 1).id() : ""));
    var view =
        new SessionsView(
            new Head(id.value(), "sessions"),
            cut(found),
            next,
            parts.engine().world().clock().instant());
    return pages.page(asked, sort(id, "tenure org show " + id), "organization-sessions.jte", view);
  }

  private Response streams(Asked asked) {
    var id = id(asked);
    var view = new StreamsView(new Head(id.value(), "streams"), tenants.streams(id));
    return pages.page(asked, sort(id, "tenure org show " + id), "organization-streams.jte", view);
  }
}
