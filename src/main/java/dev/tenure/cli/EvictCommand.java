package dev.tenure.cli;

import dev.tenure.cli.Faces.Column;
import dev.tenure.flow.Evictor.Evicted;
import dev.tenure.flow.Flow;
import dev.tenure.id.Correlation;
import dev.tenure.id.FlowId;
import dev.tenure.id.PersonKey;
import dev.tenure.problem.Code;
import dev.tenure.problem.Problem;
import dev.tenure.view.EvictedJson;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import picocli.CommandLine.Model.CommandSpec;
import tools.jackson.databind.node.JsonNodeFactory;

/// Locks somebody out everywhere, at once.
final class EvictCommand implements Command {
  private static final String PERSON = "PERSON";
  private static final String FLOW = "--flow";
  private static final String REASON = "--reason";
  private static final String LIFT = "--lift";

  @Override
  public String name() {
    return "evict";
  }

  @Override
  public String summary() {
    return "Locks a person out of all flows' targets at once, whatever the source says.";
  }

  @Override
  public void declare(CommandSpec spec) {
    Commands.parameter(spec, PERSON, "The person's key, userName or account id.");
    Commands.option(spec, FLOW, "FLOW", "Only there.");
    Commands.option(spec, REASON, "TEXT", "Why, for who looks later.");
    Commands.flag(spec, LIFT, "Let the source count again.");
  }

  @Override
  public int run(Call call) throws Exception {
    try (var workplace = call.open()) {
      return new Correlation("cli", UUID.randomUUID().toString())
          .call(() -> call.flag(LIFT) ? lift(call, workplace) : evict(call, workplace));
    }
  }

  private static Map<Flow, PersonKey> people(Call call, Workplace workplace) {
    var only = call.optional(FLOW).map(FlowId::new);
    only.ifPresent(workplace::flow);
    var found = workplace.eraser().find(call.text(PERSON), only);
    var people = new LinkedHashMap<Flow, PersonKey>();
    for (var flow : workplace.flows()) {
      var person = Optional.ofNullable(found.get(flow.id()));
      person.ifPresent(key -> people.put(flow, key));
    }
    if (people.isEmpty()) throw unknown(call.text(PERSON));
    return people;
  }

  private static Problem.Found unknown(String person) {
    return new Problem(
            Code.PERSON_UNKNOWN,
            "no flow has anybody with the key, userName or account id '" + person + "'",
            Map.of("person", person),
            "check the spelling; who was never read by a flow is nobody's to lock out")
        .found();
  }

  private static int evict(Call call, Workplace workplace) throws InterruptedException {
    var people = people(call, workplace);
    var evicted = workplace.evictor().evict(people, call.optional(REASON).orElse(""));
    var out = call.terminal().out();
    out.print(call.json() ? Faces.json(EvictedJson.of(evicted)) + "\n" : table(evicted));
    return evicted.stream().allMatch(Evicted::isOut) ? 0 : 1;
  }

  private static int lift(Call call, Workplace workplace) {
    var lifted = JsonNodeFactory.instance.objectNode();
    var list = lifted.putArray("lifted");
    for (var one : people(call, workplace).entrySet()) {
      if (workplace.evictor().lift(one.getKey(), one.getValue())) {
        list.add(one.getKey().id().value());
      }
    }
    var words =
        list.isEmpty()
            ? "the person was not evicted"
            : "lifted; they come back with the next turn, or with 'tenure plan' and 'apply'";
    call.terminal().out().println(call.json() ? Faces.json(lifted) : words);
    return 0;
  }

  private static String table(List<Evicted> evicted) {
    return Faces.table(
        evicted,
        List.of(
            new Column<>("flow", e -> e.flow().id()),
            new Column<>("person", e -> e.person().value()),
            new Column<>("state", EvictCommand::words),
            new Column<>("seconds", e -> Faces.seconds(e.took()))));
  }

  private static String words(Evicted evicted) {
    var problem =
        evicted
            .problem()
            .or(() -> evicted.report().flatMap(r -> r.problems().stream().findFirst()));
    if (!evicted.isOut()) {
      return "INSIDE: " + problem.map(Problem::message).orElse("it waits; is the flow paused?");
    }
    return evicted.report().isEmpty() ? "was out already" : "out";
  }
}
