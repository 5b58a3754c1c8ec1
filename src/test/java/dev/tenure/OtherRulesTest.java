package dev.tenure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenure.database.Database;
import dev.tenure.deliver.Delivery;
import dev.tenure.deliver.MemoryTarget;
import dev.tenure.deliver.SimulatedTime;
import dev.tenure.deliver.store.PostgresQueue;
import dev.tenure.flow.Cycle;
import dev.tenure.flow.Fingerprint;
import dev.tenure.flow.Flow;
import dev.tenure.flow.Turn;
import dev.tenure.id.FlowId;
import dev.tenure.id.PersonKey;
import dev.tenure.problem.Code;
import dev.tenure.problem.Problem;
import dev.tenure.scim.Resource;
import dev.tenure.source.Person;
import dev.tenure.source.Source;
import dev.tenure.source.SourceSchema;
import dev.tenure.target.Account;
import dev.tenure.target.Request;
import dev.tenure.target.Target;
import dev.tenure.testkit.TestDatabase;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.JsonNodeFactory;

/// Where the rules of a flow become others, everybody is decided on anew from what is known:
/// neither end is read for it.
class OtherRulesTest {
  private static final FlowId ID = new FlowId("people");

  @TempDir Path folder;
  private final SimulatedTime time = new SimulatedTime();
  private final Staff staff = new Staff();
  private final Counting target = new Counting();
  private Database database;
  private DrawnFlow rules;

  @BeforeEach
  void settle() throws IOException, InterruptedException {
    database = TestDatabase.fresh();
    rules = DrawnFlow.read(database, folder);
    staff.schema = Optional.of(rules.schema());
    staff.put("E1", "ann@x.org", "Agent");
    staff.put("E2", "bob@x.org", "Lead");
    turn(true);
    assertThat(titles()).isEqualTo(Map.of("ann@x.org", "Agent", "bob@x.org", "Lead"));
    staff.reads = 0;
    target.reads = 0;
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void everybodyIsDecidedOnWithoutReadingEitherEnd() throws IOException, InterruptedException {
    other("title: title", "title: upper(title)");
    var turn = turn(false);
    assertThat(turn.about()).isEmpty();
    assertThat(titles()).isEqualTo(Map.of("ann@x.org", "AGENT", "bob@x.org", "LEAD"));
    assertThat(staff.reads).isZero();
    assertThat(target.reads).isZero();
    assertThat(plan()).as("a plan from both ends").isEmpty();
  }

  @Test
  void whoIsOutByTheNewRulesLeaves() throws IOException, InterruptedException {
    other("dept != \"Canteen\"", "title != \"Lead\"");
    turn(false);
    assertThat(titles()).isEqualTo(Map.of("ann@x.org", "Agent"));
    assertThat(staff.reads + target.reads).isZero();
    assertThat(plan()).isEmpty();
  }

  @Test
  void nobodyLeavesByARecordThatTheLastReadDidNotGive() throws IOException, InterruptedException {
    staff.cut = true;
    staff.remove("E2");
    time.pause(Duration.ofMinutes(2));
    turn(true);
    other("title: title", "title: upper(title)");
    var turn = turn(false);
    assertThat(titles()).isEqualTo(Map.of("ann@x.org", "AGENT", "bob@x.org", "LEAD"));
    assertThat(turn.report().orElseThrow().plan().findings())
        .extracting(Problem::code)
        .contains(Code.SOURCE_INCOMPLETE);
  }

  @Test
  void otherEndsAreRead() throws InterruptedException {
    rules = rules.by(new Fingerprint("other", "other"));
    turn(false);
    assertThat(staff.reads).isPositive();
    assertThat(target.reads).isPositive();
  }

  /// An account that no rule looked for is found by the rule that does.
  @Test
  void aNewMatchRuleFindsTheAccountsThatWereThereBefore() throws IOException, InterruptedException {
    target.has("carla", "King");
    rules = rules.by(new Fingerprint("first", "other"));
    turn(true);
    other("{on: userName, adopt: true}", "{on: title, adopt: true}");
    turn(false);
    staff.put("E3", "cyd@x.org", "King");
    time.pause(Duration.ofMinutes(2));
    turn(true);
    assertThat(titles()).containsEntry("cyd@x.org", "King").hasSize(3);
  }

  private void other(String text, String by) throws IOException {
    var ends = rules.fingerprint().ends();
    var other = DrawnFlow.other(database, folder, text, by);
    rules = other.by(new Fingerprint(other.fingerprint().rules(), ends));
  }

  private Turn turn(boolean atTime) throws InterruptedException {
    return cycle().turn(flow(), atTime);
  }

  private List<?> plan() throws InterruptedException {
    return cycle().plan(flow()).plan().changes();
  }

  private Cycle cycle() {
    var books = FlowBooks.of(database, time);
    var world = time.with(1);
    return new Cycle(
        books, new Delivery(books.plans(), new PostgresQueue(database.jdbi()), world), world);
  }

  private Flow flow() {
    return rules.between(staff, target, ID, time);
  }

  /// Those who can sign in.
  private Map<String, String> titles() {
    var titles = new TreeMap<String, String>();
    for (var account : target.accounts()) {
      var resource = account.resource();
      if (!resource.get("active").orElseThrow().booleanValue()) continue;
      titles.put(resource.text("userName").orElseThrow(), resource.text("title").orElseThrow());
    }
    return titles;
  }

  private static final class Counting extends MemoryTarget {
    private int reads;

    void has(String userName, String title) {
      var json = JsonNodeFactory.instance.objectNode().put("userName", userName);
      take(new Request.Create(Resource.of(json.put("title", title).put("active", true))));
    }

    @Override
    public synchronized Target.ReadOutcome read(Consumer<Account> accounts) {
      reads++;
      return super.read(accounts);
    }
  }

  private static final class Staff implements Source {
    private final Map<String, Person> people = new LinkedHashMap<>();
    private Optional<SourceSchema> schema = Optional.empty();
    private int reads;
    private boolean cut;

    void put(String key, String mail, String title) {
      var attributes = new TreeMap<String, List<String>>();
      attributes.put("id", List.of(key));
      attributes.put("mail", List.of(mail));
      attributes.put("title", List.of(title));
      attributes.put("dept", List.of("Sales"));
      people.put(key, new Person(new PersonKey(key), attributes, Map.of(), false));
    }

    void remove(String key) {
      people.remove(key);
    }

    @Override
    public SourceSchema schema() {
      return schema.orElseThrow();
    }

    @Override
    public Source.ReadOutcome read(Consumer<Person> to) {
      reads++;
      new ArrayList<>(people.values()).forEach(to);
      if (!cut) return new Source.ReadOutcome.Complete(people.size(), List.of());
      var why = new Problem(Code.SOURCE_INCOMPLETE, "it was cut", Map.of(), "look");
      return new Source.ReadOutcome.Incomplete(people.size(), why, List.of());
    }
  }
}
