package dev.tenure.cli;

import dev.tenure.audit.AuditEntry;
import dev.tenure.audit.AuditLog.Search;
import dev.tenure.cli.Faces.Column;
import dev.tenure.view.AuditEntryJson;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;

/// Who had what, when and why.
final class AuditCommand implements Command {
  private static final String LOG = "LOG";
  private static final String DEFAULT_COUNT = "50";

  @Override
  public String name() {
    return "audit";
  }

  @Override
  public String summary() {
    return "Searches the audit log of a flow or an organization, newest first.";
  }

  @Override
  public void declare(CommandSpec spec) {
    Commands.optionalParameter(
        spec,
        LOG,
        "flow/NAME, organization/NAME, system/console, system/targets or system/notify; flow/ or"
            + " organization/ for all.");
    Commands.option(spec, "--person", "KEY", "Only what concerns this person's key or userName.");
    Commands.option(spec, "--actor", "NAME", "Only what this client, flow or user did.");
    Commands.option(spec, "--action", "NAME", "Only this action, such as user.deactivated.");
    Commands.option(spec, "--correlation", "ID", "Only what belongs to this request or plan.");
    Commands.option(spec, "--from", "TIME", "Only what happened then or later.");
    Commands.option(spec, "--to", "TIME", "Only what happened before.");
    Commands.option(spec, "--count", "N", "At most so many entries. Default: " + DEFAULT_COUNT);
  }

  /// The name of a log, or of all logs of a kind.
  private static String log(Call call) {
    var log = call.optional(LOG).orElseThrow(() -> call.usage("the name of a log is missing"));
    boolean known = Stream.of("flow/", "organization/", "system/").anyMatch(log::startsWith);
    if (known) return log;
    throw call.usage("LOG is flow/NAME, organization/NAME or system/NAME, not '" + log + "'");
  }

  @Override
  public List<Command> commands() {
    return List.of(
        new AuditExportCommand(),
        new AuditVerifyCommand(),
        new AuditEraseCommand(),
        new AuditKeysCommand());
  }

  @Override
  public int run(Call call) {
    var search = search(call);
    try (var workplace = call.open()) {
      var entries = workplace.audit().search(search);
      call.terminal()
          .out()
          .println(call.json() ? Faces.json(AuditEntryJson.of(entries)) : table(entries));
      return 0;
    }
  }

  private static Search search(Call call) {
    return new Search(
        log(call),
        call.optional("--person"),
        call.optional("--actor"),
        call.optional("--action"),
        call.optional("--correlation"),
        call.time("--from"),
        call.time("--to"),
        call.optional("--count").isPresent()
            ? call.count("--count")
            : Integer.parseInt(DEFAULT_COUNT));
  }

  private static String table(List<AuditEntry> entries) {
    return Faces.table(
        entries,
        List.of(
            new Column<>("at", AuditEntry::at),
            new Column<>("actor", AuditEntry::actor),
            new Column<>("action", AuditEntry::action),
            new Column<>("person", e -> e.person().orElse("")),
            new Column<>("subject", AuditEntry::subject)));
  }
}
