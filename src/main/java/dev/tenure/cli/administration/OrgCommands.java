package dev.tenure.cli.administration;

import static dev.tenure.cli.administration.OrgView.changed;

import dev.tenure.cli.Call;
import dev.tenure.cli.CommandGroup;
import dev.tenure.cli.Commands;
import dev.tenure.cli.Workplace;
import dev.tenure.cli.administration.Task.Answer;
import dev.tenure.id.OrganizationId;
import dev.tenure.organization.Administration.Part;
import dev.tenure.organization.ClientRole;
import dev.tenure.organization.Clients;
import dev.tenure.organization.Clients.Kind;
import dev.tenure.organization.Clients.NewClient;
import dev.tenure.organization.Conditions;
import dev.tenure.organization.Endpoint;
import dev.tenure.organization.Settings;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import picocli.CommandLine.Model.CommandSpec;

/// `tenure org …`.
public final class OrgCommands {
  static final String ORG = "ORG";
  private static final String CLIENT = "scim";
  private static final int DELETED_SHOWN = 1_000;

  private OrgCommands() {}

  public static CommandGroup group() {
    return new CommandGroup(
        "org",
        "Organizations: list, show, create, change, and what they are made of.",
        List.of(
            new Task("list", "Lists all organizations.", _ -> {}, OrgCommands::list),
            new Task("show", "Shows an organization.", OrgCommands::org, OrgCommands::show),
            new Task(
                "create", "Makes an organization.", OrgCommands::settings, OrgCommands::create),
            new Task("change", "Changes settings.", OrgCommands::settings, OrgCommands::change),
            new Task(
                "enable-scim",
                "Lets SCIM clients in, and hands out a new client: its id and secret, this once.",
                OrgCommands::enabling,
                OrgCommands::enable),
            new Task("disable", "Lets no client in.", OrgCommands::org, OrgCommands::disable),
            PartCommands.division(),
            PartCommands.role(),
            PartCommands.licence(),
            PartCommands.group(),
            new Task(
                "grants",
                "Shows what a user really has, and by which groups.",
                OrgCommands::user,
                OrgCommands::grants),
            new Task(
                "deleted",
                "Lists deleted users that can be restored.",
                OrgCommands::org,
                OrgCommands::deleted),
            new Task(
                "restore",
                "Brings a deleted user back, active and with nothing granted.",
                OrgCommands::deletedUser,
                OrgCommands::restore)));
  }

  static void org(CommandSpec spec) {
    Commands.parameter(spec, ORG, "The organization's name.");
  }

  /// The organization that was named, whether there is one or not.
  static OrganizationId named(Call call) {
    return call.parsed(ORG, OrganizationId::new);
  }

  private static void settings(CommandSpec spec) {
    org(spec);
    Commands.option(spec, "--profile", "P", "standard or genesys.");
    Commands.option(spec, "--deactivation", "D", "What active=false does: lock or delete.");
    Commands.option(spec, "--reading", "R", "tolerant of what clients really send, or strict.");
    Commands.option(spec, "--deletion", "D", "hard, or soft: can be restored.");
    Commands.option(spec, "--retention", "DAYS", "How long a softly deleted user is kept.");
    Commands.option(
        spec, "--recreation", "R", "What creating a deleted user does: new, restore or refuse.");
    Commands.option(
        spec, "--unique", "LIST", "externalId, workEmail, both with a comma between, or none.");
    Commands.option(
        spec,
        "--quirks",
        "LIST",
        "Of genesys: inactiveRemovesRoles, groupListsNeedFilter, costlyPages, or none.");
  }

  private static void enabling(CommandSpec spec) {
    org(spec);
    Commands.option(spec, "--client", "NAME", "The new client's name. Default: " + CLIENT);
    Commands.flag(spec, "--token", "Hand out a long-lived bearer token as well.");
  }

  private static void user(CommandSpec spec) {
    org(spec);
    Commands.parameter(spec, "USERNAME", "The user's userName.");
  }

  private static void deletedUser(CommandSpec spec) {
    org(spec);
    Commands.parameter(spec, "ID", "The user's id, as 'tenure org deleted' shows it.");
  }

  private static Answer list(Call call, Workplace workplace) {
    var organizations = workplace.organizations();
    var all = organizations.all().stream().map(organizations.administration()::show).toList();
    return OrgView.list(all);
  }

  private static Answer show(Call call, Workplace workplace) {
    var shown = workplace.organizations().administration().show(named(call));
    return OrgView.of(shown, workplace.address());
  }

  private static Answer create(Call call, Workplace workplace) {
    var id = named(call);
    workplace
        .organizations()
        .administration()
        .create(id, new SettingsOptions(call).chosen().over(Optional.empty()));
    return changed(id, "made; next: tenure org enable-scim " + id);
  }

  private static Answer change(Call call, Workplace workplace) {
    var id = named(call);
    var administration = workplace.organizations().administration();
    Settings before = administration.show(id).settings();
    administration.change(id, new SettingsOptions(call).chosen().over(Optional.of(before)));
    return changed(id, "changed");
  }

  private static Answer enable(Call call, Workplace workplace) {
    var id = named(call);
    var administration = workplace.organizations().administration();
    var shown = administration.show(id);
    var client =
        new NewClient(
            ClientCommands.name(call, call.optional("--client").orElse(CLIENT)),
            ClientRole.USER_MANAGEMENT,
            List.of(),
            call.flag("--token") ? Set.of(Kind.SECRET, Kind.TOKEN) : Set.of(Kind.SECRET),
            Optional.of(Clients.LIFE),
            Conditions.NONE);
    var handed = workplace.organizations().clients().create(id, client);
    if (!shown.settings().enabled()) administration.enable(id, true);
    return ClientView.handed(id, handed, workplace.address());
  }

  private static Answer disable(Call call, Workplace workplace) {
    var id = named(call);
    workplace.organizations().administration().enable(id, false);
    return changed(id, "closed: none of its clients comes in any more");
  }

  private static Answer grants(Call call, Workplace workplace) {
    var organization = workplace.organizations().administration().organization(named(call));
    var userName = call.text("USERNAME");
    var found =
        workplace
            .organizations()
            .users()
            .named(organization.id(), userName)
            .orElseThrow(() -> call.usage("there is no user '" + userName + "'"));
    var held = workplace.organizations().grants().of(organization.id(), found);
    return OrgView.of(found, userName, held);
  }

  private static Answer deleted(Call call, Workplace workplace) {
    var organization = workplace.organizations().administration().organization(named(call));
    return OrgView.deleted(
        workplace
            .organizations()
            .users()
            .deleted(organization.id(), Optional.empty(), DELETED_SHOWN));
  }

  private static Answer restore(Call call, Workplace workplace) {
    var organization = workplace.organizations().administration().organization(named(call));
    var id = call.parsed("ID", UUID::fromString);
    var restored =
        workplace.organizations().users().restore(new Endpoint(organization, "", true), id);
    if (restored.isEmpty()) throw call.usage("there is no deleted user " + id);
    return changed(organization.id(), "user " + id + " is back");
  }

  /// Whether the part is to be taken away.
  static boolean removes(Call call, Workplace workplace, Part part) {
    if (!call.flag("--remove")) return false;
    workplace.organizations().administration().remove(named(call), part, call.text("NAME"));
    return true;
  }
}
