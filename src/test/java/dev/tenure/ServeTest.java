package dev.tenure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenure.Site.Ran;
import dev.tenure.testkit.Product;
import dev.tenure.testkit.Product.Running;
import dev.tenure.testkit.ScimCalls;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// The built product as processes of a machine: started, attached to, killed, stopped.
class ServeTest {
  private static final Map<String, String> ENVIRONMENT = Map.of("ACME_TOKEN", Site.TOKEN);

  /// Enough that a delivery can be caught in the middle.
  private static final int PEOPLE = 500;

  private static final String YAML =
      """
      sources:
        company: {csv: {file: people.csv, key: id}}
      targets:
        acme: {organization: acme}
      organizations:
        acme:
          clients:
            idp: {token: "${env:ACME_TOKEN}"}
      flows:
        people:
          source: company
          target: acme
          every: 1h
          follow: false
          map: {userName: mail}
      """;

  private Product product = Product.here();

  @AfterEach
  void close() {
    product.close();
  }

  private Product installed(int people) {
    var rows =
        IntStream.range(0, people)
            .mapToObj(i -> i + ",p" + i + "@example.com\n")
            .collect(Collectors.joining());
    ENVIRONMENT.forEach(product::variable);
    return product.file("tenure.yaml", YAML).file("people.csv", "id,mail\n" + rows);
  }

  /// A command in this process, beside the server in the other.
  private Ran attached(String command) {
    var words = (command + " --output json").split(" ");
    return Site.run(ENVIRONMENT, product.config(), product.data(), words);
  }

  private static ScimCalls acme(Running server) {
    return server.calls("acme", Site.TOKEN);
  }

  private static void awaitUsers(Running server, int count) {
    var acme = acme(server);
    assertThat(Product.until(() -> acme.total("userName co \"@example.com\"") >= count))
        .as("users: " + acme.total("userName co \"@example.com\""))
        .isTrue();
  }

  @Test
  void commandsWorkBesideTheServerUntilItIsToldToStop() {
    var port = Product.freePort();
    var server = installed(3).serve(port);
    var health = new ScimCalls(server.base().orElseThrow(), "").send("GET", "/health", "");
    assertThat(health.status()).isEqualTo(200);
    assertThat(server.base().orElseThrow().getPort()).isEqualTo(port);
    awaitUsers(server, 3);
    assertThat(server.calls("acme", "another").send("GET", "/scim/v2/Users", "").status())
        .isEqualTo(401);

    var second = product.run("serve", "--port", "0");
    assertThat(second.exit()).isEqualTo(1);
    assertThat(second.err())
        .startsWith("DATA_IN_USE: ")
        .contains("pid=" + server.process().pid(), "command=serve");

    awaitCycle("done");
    installed(5);
    var planned = attached("plan people");
    assertThat(planned.exit()).isZero();
    assertThat(planned.json().path("changes")).hasSize(2);
    assertThat(attached("apply people").json().path("done").intValue()).isEqualTo(2);
    awaitUsers(server, 5);
    assertThat(attached("plan people").json().path("changes")).isEmpty();
    assertThat(attached("approve people 2").problems()).containsExactly("PLAN_OUTDATED");
    assertThat(attached("check").exit()).isZero();
    assertThat(created()).isEqualTo(5);

    var postmaster = product.postmaster().orElseThrow();
    // As root too: PostgreSQL refuses to be root.
    assertThat(Product.owner(Path.of("/proc", Long.toString(postmaster.pid())))).isNotZero();
    assertThat(server.stop()).isEqualTo(143);
    assertThat(postmaster.isAlive()).isFalse();
    assertThat(server.err()).doesNotContain("ERROR").doesNotContain("Exception");
  }

  /// What `status` says of the flow's last cycle.
  private JsonNode awaitCycle(String outcome) {
    var last = new JsonNode[1];
    assertThat(
            Product.until(() -> {
              last[0] = attached("status").json().path("flows").path(0);
              var code = last[0].at("/problem/code").asString("done");
              return last[0].has("endedAt") && code.equals(outcome);
            }))
        .as(String.valueOf(last[0]))
        .isTrue();
    return last[0];
  }

  private long created() {
    var entries = attached("audit organization/acme --action user.created --count 10000");
    var made = new HashSet<String>();
    entries.json().forEach(entry -> made.add(entry.path("person").stringValue()));
    assertThat(made).hasSize(entries.json().size());
    return made.size();
  }

  @Test
  void anApplyThatIsKilledInTheMiddleIsFinishedByTheNextOne() {
    var server = installed(0).serve(0);
    assertThat(awaitCycle("SOURCE_EMPTY").path("findings")).isNotEmpty();
    installed(PEOPLE);
    assertThat(attached("plan people").json().path("changes")).hasSize(PEOPLE);
    var apply = product.start("apply", "people");
    awaitUsers(server, 30);
    apply.kill();
    var users = acme(server).total("userName pr");
    assertThat(users).isLessThan(PEOPLE);

    var finished = attached("apply people");
    assertThat(finished.exit()).as(finished.out()).isZero();
    assertThat(finished.json().path("done").intValue()).isEqualTo(PEOPLE);
    assertThat(acme(server).total("userName pr")).isEqualTo(PEOPLE);
    assertThat(created()).isEqualTo(PEOPLE);
    assertThat(attached("plan people").json().path("changes")).isEmpty();
  }

  @Test
  void whatWasAcceptedIsThereAfterEveryKindOfKill() throws InterruptedException {
    var first = installed(PEOPLE).serve(0);
    awaitUsers(first, 30);
    first.kill();
    var orphan = product.postmaster().orElseThrow();

    var second = product.serve(0);
    assertThat(product.postmaster()).contains(orphan);
    awaitUsers(second, PEOPLE);
    awaitCycle("done");
    assertThat(created()).isEqualTo(PEOPLE);

    var accepted = whileWriting(second, () -> product.postmaster().orElseThrow().destroyForcibly());
    second.kill();
    product.postmaster().ifPresent(ProcessHandle::destroyForcibly);

    var third = product.serve(0);
    var there =
        acme(third).users().stream()
            .map(user -> user.path("userName").stringValue())
            .collect(Collectors.toSet());
    assertThat(there).containsAll(accepted).hasSizeGreaterThanOrEqualTo(PEOPLE + accepted.size());
    awaitCycle("done");
    assertThat(attached("plan people").json().path("changes")).isEmpty();
  }

  /// Makes users one after the other while something is destroyed, until it works again; gives
  /// those whose making was confirmed.
  private static List<String> whileWriting(Running server, Runnable destroy)
      throws InterruptedException {
    Queue<String> accepted = new ConcurrentLinkedQueue<>();
    var stop = new AtomicBoolean();
    var writer =
        Thread.ofVirtual()
            .unstarted(() -> {
              for (var i = 0; !stop.get(); i++) {
                var name = "w" + i + "@example.org";
                var body = "{\"userName\":\"" + name + "\"}";
                if (acme(server).send("POST", "/scim/v2/Users", body).status() == 201)
                  accepted.add(name);
              }
            });
    writer.start();
    assertThat(Product.until(() -> accepted.size() > 20)).isTrue();
    destroy.run();
    var before = accepted.size();
    assertThat(Product.until(() -> accepted.size() > before + 40)).isTrue();
    stop.set(true);
    assertThat(writer.join(Duration.ofMinutes(1))).isTrue();
    return List.copyOf(accepted);
  }

  @Test
  void aCommandThatIsToldToStopLeavesNoPostgresBehind() {
    installed(PEOPLE);
    var plan = product.start("plan", "people");
    assertThat(Product.until(() -> product.postmaster().isPresent())).isTrue();
    var postmaster = product.postmaster().orElseThrow();
    assertThat(plan.stop()).isEqualTo(143);
    assertThat(postmaster.isAlive()).isFalse();
    assertThat(product.run("plan", "people").exit()).isZero();
    var apply = product.start("apply", "people");
    assertThat(Product.until(() -> product.postmaster().isPresent())).isTrue();
    apply.stop();
    assertThat(product.postmaster()).as(apply.err() + apply.out()).isEmpty();
    var server = product.serve(0);
    awaitUsers(server, PEOPLE);
    awaitCycle("done");
    assertThat(created()).isEqualTo(PEOPLE);
  }

  @Test
  void anOrdinaryUserRunsItAsWell() {
    product.close();
    product = Product.asOrdinaryUser();
    var server = installed(2).serve(0);
    awaitUsers(server, 2);
    var process = product.postmaster().orElseThrow();
    var uid = Product.owner(Path.of("/proc", Long.toString(server.process().pid())));
    assertThat(uid).isNotZero();
    assertThat(Product.owner(Path.of("/proc", Long.toString(process.pid())))).isEqualTo(uid);
    assertThat(server.stop()).isEqualTo(143);
  }
}
