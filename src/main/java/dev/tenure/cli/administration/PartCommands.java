package dev.tenure.cli.administration;

import static dev.tenure.cli.administration.OrgView.changed;

import dev.tenure.cli.Call;
import dev.tenure.cli.Commands;
import dev.tenure.cli.Workplace;
import dev.tenure.cli.administration.Task.Answer;
import dev.tenure.organization.Administration.Part;
import dev.tenure.organization.Carried;
import dev.tenure.organization.Licences.PoolUse;
import dev.tenure.organization.Licences.WhenFull;
import dev.tenure.organization.OrganizationConfig.Licence;
import dev.tenure.organization.RoleGrant;
import java.math.BigDecimal;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;

/// `tenure org division | role | licence | group`: what an organization is made of.
final class PartCommands {
  private static final String NAME = "NAME";

  private PartCommands() {}

  static Task division() {
    return new Task(
        "division",
        "Adds a division, or takes it away.",
        spec -> part(spec, "The division's name."),
        (call, workplace) -> {
          var id = OrgCommands.named(call);
          if (!OrgCommands.removes(call, workplace, Part.DIVISION)) {
            workplace.organizations().administration().addDivision(id, call.text(NAME));
          }
          return changed(id, "division '" + call.text(NAME) + "': done");
        });
  }

  static Task role() {
    return new Task(
        "role",
        "Adds or changes a role, or takes it away.",
        spec -> {
          part(spec, "The role's name.");
          Commands.option(spec, "--licence", "SKU", "The licence that comes with it.");
        },
        (call, workplace) -> {
          var id = OrgCommands.named(call);
          if (!OrgCommands.removes(call, workplace, Part.ROLE)) {
            workplace
                .organizations()
                .administration()
                .putRole(id, call.text(NAME), call.optional("--licence"));
          }
          return changed(id, "role '" + call.text(NAME) + "': done");
        });
  }

  static Task licence() {
    return new Task(
        "licence",
        "Adds or changes a licence pool, or takes it away.",
        spec -> {
          part(spec, "The SKU.");
          Commands.option(spec, "--title", "TEXT", "Its name for people.");
          Commands.option(spec, "--seats", "N", "Seats that were bought.");
          Commands.option(spec, "--price", "AMOUNT", "Price of a seat and month.");
          Commands.option(spec, "--currency", "CODE", "Such as EUR.");
          Commands.option(spec, "--when-full", "W", "overdraw or refuse.");
        },
        PartCommands::putLicence);
  }

  static Task group() {
    return new Task(
        "group",
        "Says what a group carries to its direct members: this and nothing else.",
        spec -> {
          OrgCommands.org(spec);
          Commands.parameter(spec, NAME, "The group's name. It is made where there is none.");
          Commands.options(
              spec,
              "--role",
              "ROLE[@DIVISION]",
              "A role, within one division or that of the member.");
          Commands.options(spec, "--licence", "SKU", "A licence.");
          Commands.option(spec, "--division", "NAME", "The division of members without one.");
        },
        PartCommands::carry);
  }

  private static void part(CommandSpec spec, String description) {
    OrgCommands.org(spec);
    Commands.parameter(spec, NAME, description);
    Commands.flag(spec, "--remove", "Take it away.");
  }

  private static Answer putLicence(Call call, Workplace workplace) {
    var id = OrgCommands.named(call);
    var sku = call.text(NAME);
    if (!OrgCommands.removes(call, workplace, Part.LICENCE)) {
      var administration = workplace.organizations().administration();
      var before =
          administration.show(id).pools().stream().filter(p -> p.sku().equals(sku)).findFirst();
      administration.putLicence(id, licence(call, sku, before));
    }
    return changed(id, "licence '" + sku + "': done");
  }

  private static Licence licence(Call call, String sku, Optional<PoolUse> before) {
    return new Licence(
        sku,
        call.optional("--title").orElse(before.map(PoolUse::name).orElse(sku)),
        call.optional("--seats").isPresent()
            ? call.count("--seats")
            : before.map(PoolUse::seats).orElse(0),
        call.optional("--price").isPresent()
            ? call.parsed("--price", PartCommands::amount)
            : before.map(PoolUse::price).orElse(BigDecimal.ZERO),
        call.optional("--currency").orElse(before.map(PoolUse::currency).orElse("EUR")),
        call.choice("--when-full", WhenFull.class)
            .orElse(before.map(PoolUse::whenFull).orElse(WhenFull.OVERDRAW)));
  }

  private static BigDecimal amount(String text) {
    var amount = text.matches("[0-9]{1,12}(\\.[0-9]{1,6})?") ? new BigDecimal(text) : null;
    if (amount == null) throw new IllegalArgumentException("--price is an amount such as 115.00");
    return amount;
  }

  private static Answer carry(Call call, Workplace workplace) {
    var id = OrgCommands.named(call);
    var roles = call.texts("--role").stream().map(PartCommands::grant).toList();
    var carried = new Carried(roles, call.texts("--licence"), call.optional("--division"));
    workplace.organizations().administration().carry(id, call.text(NAME), carried);
    return changed(id, "group '" + call.text(NAME) + "': done");
  }

  private static RoleGrant grant(String text) {
    int at = text.lastIndexOf('@');
    return at < 0
        ? new RoleGrant(text, "")
        : new RoleGrant(text.substring(0, at), text.substring(at + 1));
  }
}
