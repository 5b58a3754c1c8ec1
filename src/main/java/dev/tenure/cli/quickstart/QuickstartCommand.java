package dev.tenure.cli.quickstart;

import dev.tenure.cli.Call;
import dev.tenure.cli.Command;
import dev.tenure.cli.Commands;
import dev.tenure.cli.Faces;
import dev.tenure.cli.FirstUser;
import dev.tenure.cli.ServeCommand;
import dev.tenure.cli.Workplace;
import dev.tenure.config.Secret;
import dev.tenure.problem.Code;
import dev.tenure.problem.Problem;
import dev.tenure.source.ldap.LoopbackDirectory;
import java.nio.file.Path;
import picocli.CommandLine.Model.CommandSpec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/// Everything on an empty machine: a directory with a sample company (or the user's own people),
/// organizations, a flow; plans, applies, lets people leave, move and join, and applies again.
public final class QuickstartCommand implements Command {
  private static final int PORT = 8080;
  private static final int DIRECTORY_PORT = 10389;

  @Override
  public String name() {
    return "quickstart";
  }

  @Override
  public String summary() {
    return "Runs everything on an empty machine, with a sample company or your own people.";
  }

  @Override
  public void declare(CommandSpec spec) {
    Commands.flag(spec, "--exit", "End afterwards; without it, stay up as serve does.");
    Commands.option(spec, "--port", "N", "Listen here. Default: 8080, or a free one.");
    Commands.option(spec, "--size", "N", "People of the sample company. Default: 1000.");
    Commands.option(spec, "--seed", "N", "Another sample company for each. Default: 42.");
    Commands.option(spec, "--ldap", "URL", "Your own directory; it is only read.");
    Commands.option(spec, "--bind", "DN", "With --ldap: who reads. Default: anonymous.");
    Commands.option(spec, "--password-file", "FILE", "With --bind: the file with the password.");
    Commands.option(spec, "--base", "DN", "With --ldap: below which people and groups are.");
    Commands.option(spec, "--group", "NAME", "With --ldap: only its members, nested ones too.");
    Commands.option(spec, "--csv", "FILE", "Your own people in a CSV file with a header.");
    Commands.option(
        spec, "--key", "NAME", "The attribute or column that never changes for a person.");
    Commands.option(spec, "--mail", "NAME", "With --csv: the column with the mail address.");
    Commands.option(spec, "--name", "NAME", "With --csv: the column with the full name.");
  }

  @Override
  public int run(Call call) throws InterruptedException {
    var options = Options.of(call);
    var story = new Story(call.terminal(), call.json());
    return switch (options.whose()) {
      case Options.Sample sample -> sampleCompany(call, sample, story);
      case Options.Own own -> ownPeople(call, own, story);
    };
  }

  private int sampleCompany(Call call, Options.Sample sample, Story story)
      throws InterruptedException {
    var company = Company.generate(sample.size(), sample.seed());
    story.title("A company of " + sample.size() + " people, from the directory to the accounts");
    var password = new Setup(call.data()).secret("ldap-password");
    try (var directory = directory(company, password)) {
      story.ready("directory", directory.url() + "  (LDAP, UnboundID)");
      var people = new People.Sample(directory.url());
      try (var workplace = open(call, story, new Setup.Choice(people, sample.size()))) {
        var outcome = new TwoDays(workplace, story).live(company, directory);
        return end(call, workplace, story, outcome);
      }
    }
  }

  private int ownPeople(Call call, Options.Own own, Story story) throws InterruptedException {
    story.title("Your own people, from " + own.name() + " to the accounts");
    story.say("Only read from: nothing is written there. The accounts are made in a hosted");
    story.say("organization on this machine.");
    try (var workplace = open(call, story, new Setup.Choice(own.people(), own.size()))) {
      var round = new Round(workplace, story);
      var outcome = round.planAndApply().with(round.isSettled());
      story.seats(workplace);
      story.rights();
      return end(call, workplace, story, outcome);
    }
  }

  private static LoopbackDirectory directory(Company company, Secret password) {
    try {
      return LoopbackDirectory.start(DIRECTORY_PORT, CompanyDirectory.content(company, password));
    } catch (Problem.Found e) {
      if (!e.has(Code.PORT_IN_USE)) throw e;
      return LoopbackDirectory.start(0, CompanyDirectory.content(company, password));
    }
  }

  /// Writes the configuration and serves it: at the port that was asked for, else at the usual one,
  /// or a free one where that is taken.
  private static Workplace open(Call call, Story story, Setup.Choice choice) {
    var setup = new Setup(call.data());
    var asked = call.optional("--port");
    int port = asked.isPresent() ? call.count("--port") : PORT;
    var file = setup.write(choice, port);
    file.former().ifPresent(former -> story.say("your former configuration is now " + former));
    var workplace = serve(call, file.config(), port, asked.isEmpty());
    if (workplace.base().getPort() != port) setup.write(choice, workplace.base().getPort());
    story.ready("database", "PostgreSQL 18 in " + call.data().resolve("postgres"));
    story.ready("organizations", workplace.base() + "  contact-centre (genesys), workplace");
    story.ready("configuration", file.config().toString());
    return workplace;
  }

  private static Workplace serve(Call call, Path config, int port, boolean orAnother) {
    try {
      return call.installation().serve(config, call.data(), port);
    } catch (Problem.Found e) {
      if (!orAnother || !e.has(Code.PORT_IN_USE)) throw e;
      return call.installation().serve(config, call.data(), 0);
    }
  }

  private static int end(Call call, Workplace workplace, Story story, Outcome outcome)
      throws InterruptedException {
    story.whereToLook(call.data(), workplace.base());
    if (call.json()) call.terminal().out().println(Faces.json(json(workplace, outcome)));
    else call.terminal().out().println(outcome.line());
    if (call.flag("--exit")) return outcome.isGood() ? 0 : 1;
    FirstUser.tell(call, workplace);
    workplace.runFlows();
    story.say("serving at " + workplace.base() + "; the flow runs each minute; Ctrl-C ends it");
    ServeCommand.untilStopped();
    return 0;
  }

  private static JsonNode json(Workplace workplace, Outcome outcome) {
    var answer = JsonNodeFactory.instance.objectNode();
    answer.put("joined", outcome.joined()).put("moved", outcome.moved());
    answer.put("left", outcome.left()).put("settled", outcome.settled());
    return answer.put("base", workplace.base().toString());
  }
}
