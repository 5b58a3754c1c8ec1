package dev.tenure.cli;

import dev.tenure.cli.Faces.Column;
import dev.tenure.flow.Exclusions.Exclusion;
import dev.tenure.flow.Flow;
import dev.tenure.id.Correlation;
import dev.tenure.view.ExclusionJson;
import java.util.List;
import java.util.UUID;
import picocli.CommandLine.Model.CommandSpec;

/// Takes somebody out of a flow's scope by hand, for a time or until it is lifted.
final class ExcludeCommand implements Command {
  private static final String PERSON = "PERSON";
  private static final String REASON = "--reason";
  private static final String UNTIL = "--until";
  private static final String LIFT = "--lift";

  @Override
  public String name() {
    return "exclude";
  }

  @Override
  public String summary() {
    return "Takes a person out of a flow's scope by hand, or lists who is.";
  }

  @Override
  public void declare(CommandSpec spec) {
    Commands.flow(spec);
    Commands.optionalParameter(spec, PERSON, "The person's key, or a value that only they have.");
    Commands.option(spec, REASON, "TEXT", "Why, for who looks later.");
    Commands.option(
        spec, UNTIL, "TIME", "The last day (UTC), or the time at which it ends; else for good.");
    Commands.flag(spec, LIFT, "Let the rules alone count again.");
  }

  @Override
  public int run(Call call) throws Exception {
    refuseHalf(call);
    try (var workplace = call.open()) {
      return new Correlation("cli", UUID.randomUUID().toString())
          .call(() -> done(call, workplace, workplace.flow(call.flow())));
    }
  }

  private static void refuseHalf(Call call) {
    boolean makes = call.optional(REASON).isPresent() || call.optional(UNTIL).isPresent();
    if (call.optional(PERSON).isEmpty()) {
      if (makes || call.flag(LIFT)) throw call.usage("name the person");
    } else if (call.flag(LIFT) == makes) {
      throw call.usage("say why with --reason, or lift it with --lift");
    }
  }

  private static int done(Call call, Workplace workplace, Flow flow) {
    var excluder = workplace.excluder();
    if (call.optional(PERSON).isEmpty()) {
      var all = excluder.all(flow);
      show(call, flow, all, all.isEmpty() ? "nobody is excluded by hand\n" : table(all));
      return 0;
    }
    var person = workplace.explainer().key(flow, call.text(PERSON));
    if (call.flag(LIFT)) {
      show(call, flow, List.of(excluder.lift(flow, person)), "lifted" + next(flow));
      return 0;
    }
    var term = excluder.term(call.optional(REASON).orElse(""), call.optional(UNTIL));
    var made = excluder.exclude(flow, person, term);
    show(call, flow, List.of(made), person + " is " + made.words() + next(flow));
    return 0;
  }

  private static String next(Flow flow) {
    return "; a server that runs the flow sees to it now, else 'tenure plan %s' and 'apply'\n"
        .formatted(flow.id());
  }

  private static void show(Call call, Flow flow, List<Exclusion> some, String words) {
    call.terminal()
        .out()
        .print(call.json() ? Faces.json(ExclusionJson.of(flow.id(), some)) + "\n" : words);
  }

  private static String table(List<Exclusion> all) {
    return Faces.table(
        all,
        List.of(
            new Column<>("person", Exclusion::person),
            new Column<>("since", Exclusion::since),
            new Column<>("by", Exclusion::actor),
            new Column<>("until", e -> e.term().end().orElse("lifted")),
            new Column<>("reason", e -> e.term().reason())));
  }
}
