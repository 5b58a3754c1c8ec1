package dev.tenure.cli.administration;

import dev.tenure.access.AdminToken;
import dev.tenure.access.ConsoleUsers;
import dev.tenure.cli.Call;
import dev.tenure.cli.Command;
import dev.tenure.cli.Commands;
import dev.tenure.cli.Faces;
import dev.tenure.cli.Faces.Column;
import dev.tenure.cli.Workplace;
import dev.tenure.cli.administration.Task.Answer;
import dev.tenure.view.TokenJson;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import tools.jackson.databind.node.JsonNodeFactory;

/// `tenure admin token …`: which programs may use the admin API.
final class TokenCommand implements Command {
  private static final String NAME = "NAME";
  private static final String EXPIRES = "--expires";
  private static final Task LIST =
      new Task("list", "Lists the tokens of the admin API.", _ -> {}, TokenCommand::list);

  @Override
  public String name() {
    return "token";
  }

  @Override
  public String summary() {
    return "Tokens of the admin API; lists them where nothing more is said.";
  }

  @Override
  public void declare(CommandSpec spec) {}

  @Override
  public int run(Call call) {
    return LIST.run(call);
  }

  @Override
  public List<Command> commands() {
    return List.of(
        LIST,
        new Task(
            "create",
            "Makes a token; prints it, this once.",
            TokenCommand::creating,
            TokenCommand::create),
        new Task(
            "revoke",
            "Takes a token away; it is refused from now on.",
            TokenCommand::named,
            TokenCommand::revoke));
  }

  private static void named(CommandSpec spec) {
    Commands.parameter(spec, NAME, "The token's name.");
  }

  private static void creating(CommandSpec spec) {
    named(spec);
    Commands.option(spec, "--role", "ROLE", AdminCommands.roles() + ". Default: viewer.");
    Commands.option(spec, EXPIRES, "TIME", "Until this day or time. Default: until it is revoked.");
  }

  private static Answer list(Call call, Workplace workplace) {
    var tokens = workplace.adminTokens().all();
    var table =
        Faces.table(
            tokens,
            List.of(
                new Column<>("token", AdminToken::name),
                new Column<>("role", t -> t.role().word()),
                new Column<>("begins", AdminToken::prefix),
                new Column<>("made", AdminToken::madeAt),
                new Column<>("expires", t -> t.expiresAt().map(Object::toString).orElse("")),
                new Column<>("seen", t -> t.lastSeen().map(Object::toString).orElse(""))));
    return new Answer(table, TokenJson.of(tokens));
  }

  private static Answer create(Call call, Workplace workplace) {
    var made =
        workplace.adminTokens().create(name(call), AdminCommands.role(call), call.time(EXPIRES));
    var json = TokenJson.of(made.token()).put("secret", made.secret().reveal());
    return new Answer(
        "token  %s\n\nKeep it now: it is not shown again.".formatted(made.secret().reveal()), json);
  }

  private static Answer revoke(Call call, Workplace workplace) {
    var name = name(call);
    workplace.adminTokens().revoke(name);
    var json = JsonNodeFactory.instance.objectNode().put("token", name).put("done", "is revoked");
    return new Answer("token '" + name + "' is revoked", json);
  }

  private static String name(Call call) {
    var name = call.text(NAME);
    if (ConsoleUsers.isName(name)) return name;
    throw call.usage("a token's name is 1 to 64 of a-z, 0-9 and . _ @ -: '" + name + "'");
  }
}
