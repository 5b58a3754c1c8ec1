package dev.tenure.cli.administration;

import static dev.tenure.cli.administration.OrgView.changed;

import dev.tenure.cli.Call;
import dev.tenure.cli.CommandGroup;
import dev.tenure.cli.Commands;
import dev.tenure.cli.Workplace;
import dev.tenure.cli.administration.Task.Answer;
import dev.tenure.http.AddressRange;
import dev.tenure.http.Tls;
import dev.tenure.id.OrganizationId;
import dev.tenure.organization.ClientRole;
import dev.tenure.organization.Clients;
import dev.tenure.organization.Clients.Kind;
import dev.tenure.organization.Clients.NewClient;
import dev.tenure.organization.Clients.Rotation;
import dev.tenure.organization.Conditions;
import dev.tenure.organization.Scope;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Model.CommandSpec;

/// `tenure client …`.
public final class ClientCommands {
  private static final String CLIENT = "CLIENT";

  private ClientCommands() {}

  public static CommandGroup group() {
    return new CommandGroup(
        "client",
        "Clients of organizations: list, create, show, rotate, revoke.",
        List.of(
            new Task(
                "list",
                "Lists the clients of one organization, or of all.",
                spec -> Commands.optionalParameter(spec, OrgCommands.ORG, "The organization."),
                ClientCommands::list),
            new Task("show", "Shows a client.", ClientCommands::client, ClientCommands::show),
            new Task(
                "create",
                "Makes a client, and hands out its secret or token, this once.",
                ClientCommands::making,
                ClientCommands::create),
            new Task(
                "rotate",
                "Hands out a new secret or token; the older ones end after a while.",
                ClientCommands::rotating,
                ClientCommands::rotate),
            new Task(
                "revoke",
                "Ends a client with all it has, or one of its credentials.",
                spec -> {
                  client(spec);
                  Commands.option(
                      spec, "--credential", "ID", "Only this one, as 'tenure client show' has it.");
                },
                ClientCommands::revoke)));
  }

  private static void client(CommandSpec spec) {
    OrgCommands.org(spec);
    Commands.parameter(spec, CLIENT, "The client's name.");
  }

  private static void kinds(CommandSpec spec) {
    Commands.flag(spec, "--secret", "A secret for OAuth client credentials.");
    Commands.flag(spec, "--token", "A long-lived bearer token.");
    Commands.option(
        spec,
        "--days",
        "N",
        "How long it is valid; 0: until revoked. Default: " + Clients.LIFE.toDays());
  }

  private static void making(CommandSpec spec) {
    client(spec);
    kinds(spec);
    Commands.option(
        spec, "--role", "ROLE", String.join(", ", ClientRole.titles()) + ". Default: the first.");
    Commands.options(
        spec, "--scope", "SCOPE", String.join(", ", Scope.all()) + ". Default: all of them.");
    Commands.options(spec, "--address", "RANGE", "It may come from here only, as 10.0.0.0/8.");
    Commands.options(spec, "--certificate", "FILE", "PEM: its connection must have one of these.");
    Commands.option(spec, "--keys", "FILE", "JWK set with its public keys, for private_key_jwt.");
  }

  private static void rotating(CommandSpec spec) {
    client(spec);
    kinds(spec);
    Commands.option(
        spec,
        "--overlap",
        "HOURS",
        "How long the older ones live on. Default: " + Clients.OVERLAP.toHours());
  }

  /// A client's name; USAGE for what is none.
  static String name(Call call, String name) {
    if (Clients.isName(name)) return name;
    throw call.usage("a client's name is 1 to 40 of letters, digits, _ and -: '" + name + "'");
  }

  private static OrganizationId known(Call call, Workplace workplace) {
    var id = OrgCommands.named(call);
    return workplace.organizations().administration().organization(id).id();
  }

  private static Answer list(Call call, Workplace workplace) {
    var organizations =
        call.optional(OrgCommands.ORG).isPresent()
            ? List.of(known(call, workplace))
            : workplace.organizations().all();
    var clients = workplace.organizations().clients();
    return ClientView.list(organizations.stream().flatMap(o -> clients.list(o).stream()).toList());
  }

  private static Answer show(Call call, Workplace workplace) {
    var shown = workplace.organizations().clients();
    return ClientView.of(shown.show(known(call, workplace), call.text(CLIENT)));
  }

  private static Answer create(Call call, Workplace workplace) {
    var organization = known(call, workplace);
    var conditions = conditions(call);
    var kinds = typed(call);
    if (kinds.isEmpty() && !conditions.isProof()) kinds = Set.of(Kind.SECRET);
    var title = call.optional("--role").orElse(ClientRole.USER_MANAGEMENT.title());
    var role =
        ClientRole.named(title)
            .orElseThrow(
                () -> call.usage("--role is one of " + String.join(", ", ClientRole.titles())));
    for (var scope : call.texts("--scope")) {
      if (!Scope.all().contains(scope)) {
        throw call.usage("--scope is one of " + String.join(", ", Scope.all()));
      }
    }
    var client =
        new NewClient(
            name(call, call.text(CLIENT)),
            role,
            call.texts("--scope"),
            kinds,
            life(call),
            conditions);
    var handed = workplace.organizations().clients().create(organization, client);
    return ClientView.handed(organization, handed, workplace.address());
  }

  private static Conditions conditions(Call call) {
    var addresses =
        call.texts("--address").stream()
            .map(text ->
                AddressRange.parse(text)
                    .orElseThrow(() -> call.usage("--address is a range such as 10.0.0.0/8")))
            .toList();
    var certificates =
        call.texts("--certificate").stream()
            .flatMap(file -> thumbprints(call, file).stream())
            .toList();
    var keys = call.optional("--keys").map(file -> text(call, file));
    try {
      return Conditions.of(addresses, certificates, keys);
    } catch (IllegalArgumentException e) {
      throw call.usage("--keys: " + e.getMessage());
    }
  }

  private static List<String> thumbprints(Call call, String file) {
    try {
      return Tls.thumbprints(text(call, file));
    } catch (CertificateException e) {
      throw call.usage("--certificate is a PEM file: " + e.getMessage());
    }
  }

  private static String text(Call call, String file) {
    try {
      return Files.readString(Path.of(file));
    } catch (IOException | java.nio.file.InvalidPathException e) {
      throw call.usage("the file " + file + " cannot be read");
    }
  }

  private static Set<Kind> typed(Call call) {
    var kinds = EnumSet.noneOf(Kind.class);
    if (call.flag("--secret")) kinds.add(Kind.SECRET);
    if (call.flag("--token")) kinds.add(Kind.TOKEN);
    return kinds;
  }

  private static Optional<Duration> life(Call call) {
    if (call.optional("--days").isEmpty()) return Optional.of(Clients.LIFE);
    return Optional.of(Duration.ofDays(call.count("--days"))).filter(Duration::isPositive);
  }

  private static Answer rotate(Call call, Workplace workplace) {
    var organization = known(call, workplace);
    var overlap =
        call.optional("--overlap").isPresent()
            ? Duration.ofHours(call.count("--overlap"))
            : Clients.OVERLAP;
    var rotation = new Rotation(overlap, typed(call), life(call));
    var handed =
        workplace.organizations().clients().rotate(organization, call.text(CLIENT), rotation);
    return ClientView.handed(organization, handed, workplace.address());
  }

  private static Answer revoke(Call call, Workplace workplace) {
    var organization = known(call, workplace);
    var clients = workplace.organizations().clients();
    var name = call.text(CLIENT);
    var credential = call.optional("--credential");
    if (credential.isEmpty()) {
      clients.revoke(organization, name);
      return changed(organization, "client '" + name + "' and all it had have ended");
    }
    clients.revoke(organization, name, credential.get());
    return changed(organization, "credential " + credential.get() + " has ended");
  }
}
