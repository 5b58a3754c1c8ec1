package dev.tenure.cli.administration;

import dev.tenure.access.ConsoleUser;
import dev.tenure.access.ConsoleUsers;
import dev.tenure.access.Role;
import dev.tenure.cli.Call;
import dev.tenure.cli.CommandGroup;
import dev.tenure.cli.Commands;
import dev.tenure.cli.Faces;
import dev.tenure.cli.Faces.Column;
import dev.tenure.cli.Workplace;
import dev.tenure.cli.administration.Task.Answer;
import dev.tenure.view.UserJson;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.CommandSpec;
import tools.jackson.databind.node.JsonNodeFactory;

/// `tenure admin …`: who may sign in to the console.
public final class AdminCommands {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final String USER = "USER";
  private static final String ROLE = "--role";

  private AdminCommands() {}

  public static CommandGroup group() {
    return new CommandGroup(
        "admin",
        "Who may sign in to the console, and which programs may use the admin API.",
        List.of(
            new Task("list", "Lists who may sign in.", _ -> {}, AdminCommands::list),
            new Task(
                "add",
                "Adds a user; prints a first password, this once.",
                AdminCommands::adding,
                AdminCommands::add),
            new Task(
                "password",
                "Gives a user a new password, this once, and ends their sessions.",
                AdminCommands::user,
                AdminCommands::password),
            new Task(
                "role", "Gives a user another role.", AdminCommands::adding, AdminCommands::role),
            new Task(
                "remove",
                "Removes a user, who is signed out at once.",
                AdminCommands::user,
                AdminCommands::remove),
            new Task(
                "sign-out",
                "Ends all sessions of a user, or of openid:NAME.",
                AdminCommands::somebody,
                AdminCommands::signOut),
            new TokenCommand()));
  }

  private static void user(CommandSpec spec) {
    Commands.parameter(spec, USER, "The user's name.");
  }

  private static void somebody(CommandSpec spec) {
    Commands.parameter(spec, USER, "The name, as the audit log has it behind console:.");
  }

  private static void adding(CommandSpec spec) {
    user(spec);
    Commands.option(spec, ROLE, "ROLE", roles() + ". Default: viewer.");
  }

  static String roles() {
    return Arrays.stream(Role.values()).map(Role::word).collect(Collectors.joining(", "));
  }

  private static Answer list(Call call, Workplace workplace) {
    var users = workplace.consoleUsers().all();
    var table =
        Faces.table(
            users,
            List.of(
                new Column<>("user", ConsoleUser::name),
                new Column<>("role", u -> u.role().word()),
                new Column<>("made", ConsoleUser::madeAt),
                new Column<>("first password", u -> u.temporary() ? "not changed yet" : "changed"),
                new Column<>("seen", u -> u.lastSeen().map(Object::toString).orElse(""))));
    return new Answer(table, UserJson.of(users));
  }

  private static Answer add(Call call, Workplace workplace) {
    return handed(workplace.consoleUsers().add(name(call), role(call)));
  }

  private static Answer password(Call call, Workplace workplace) {
    return handed(workplace.consoleUsers().password(name(call)));
  }

  private static Answer handed(ConsoleUsers.Made made) {
    return new Answer(
        "user      %s\npassword  %s\n\nKeep the password now: it is not shown again."
            .formatted(made.name(), made.password().reveal()),
        UserJson.handed(made));
  }

  private static Answer role(Call call, Workplace workplace) {
    var role = role(call);
    workplace.consoleUsers().role(name(call), role);
    return done(call, "is " + role.word() + " now");
  }

  private static Answer remove(Call call, Workplace workplace) {
    workplace.consoleUsers().remove(name(call));
    return done(call, "is removed and signed out");
  }

  private static Answer signOut(Call call, Workplace workplace) {
    workplace.consoleUsers().signOut(call.text(USER));
    return done(call, "is signed out");
  }

  private static Answer done(Call call, String what) {
    var json = NODES.objectNode().put("user", call.text(USER)).put("done", what);
    return new Answer("user '" + call.text(USER) + "' " + what, json);
  }

  private static String name(Call call) {
    var name = call.text(USER);
    if (ConsoleUsers.isName(name)) return name;
    throw call.usage("a user's name is 1 to 64 of a-z, 0-9 and . _ @ -: '" + name + "'");
  }

  static Role role(Call call) {
    var word = call.optional(ROLE).orElse(Role.VIEWER.word());
    return Role.named(word).orElseThrow(() -> call.usage(ROLE + " is one of " + roles()));
  }
}
