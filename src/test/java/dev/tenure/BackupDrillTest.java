package dev.tenure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenure.Site.Ran;
import dev.tenure.testkit.OtherPostgres;
import dev.tenure.testkit.Product;
import dev.tenure.testkit.Product.Running;
import dev.tenure.testkit.ScimCalls;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// The drills of `docs/operations.md`: a running server is backed up and comes back on an empty
/// machine; a PostgreSQL of another major version is left for ours, and entered again.
class BackupDrillTest {
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

  private static final String PEOPLE =
      "id,mail\n"
          + IntStream.range(0, 40)
              .mapToObj(i -> i + ",p" + i + "@example.com\n")
              .collect(Collectors.joining());

  private static final Map<String, String> ENVIRONMENT = Map.of("ACME_TOKEN", Site.TOKEN);

  private final List<Product> products = new ArrayList<>();

  @AfterEach
  void close() {
    products.reversed().forEach(Product::close);
  }

  private Product machine(String yaml) {
    var product = Product.here();
    products.add(product);
    ENVIRONMENT.forEach(product::variable);
    return product.file("tenure.yaml", yaml).file("people.csv", PEOPLE);
  }

  private static Ran run(Product product, String... words) {
    var ran = Site.run(ENVIRONMENT, product.config(), product.data(), words);
    assertThat(ran.exit()).as(String.join(" ", words) + "\n" + ran.out() + ran.err()).isZero();
    return ran;
  }

  private static List<String> refused(Product product, String... words) {
    var typed = new ArrayList<>(List.of(words));
    typed.addAll(List.of("--output", "json"));
    return Site.run(ENVIRONMENT, product.config(), product.data(), typed.toArray(String[]::new))
        .problems();
  }

  private static ScimCalls acme(Running server) {
    return server.calls("acme", Site.TOKEN);
  }

  private static Set<String> names(ScimCalls acme) {
    return acme.users().stream()
        .map(user -> user.path("userName").asString(""))
        .collect(Collectors.toSet());
  }

  /// Whose making the audit log tells of.
  private static Set<String> audited(Product product) {
    var json =
        run(
                product,
                "audit",
                "organization/acme",
                "--action",
                "user.created",
                "--count",
                "10000",
                "--output",
                "json")
            .json();
    return new HashSet<>(json.findValuesAsString("person"));
  }

  private static void assertWell(Product product) {
    for (var log : List.of("organization/acme", "flow/people")) {
      assertThat(run(product, "audit", "verify", log).out()).contains("is intact");
    }
    run(product, "check");
    assertThat(run(product, "status").out()).contains("people");
    assertThat(run(product, "plan", "people").out()).contains("nothing to do");
  }

  /// Makes users one after the other until it is told to stop; tells who was confirmed.
  private static Thread writer(ScimCalls acme, Queue<String> confirmed, AtomicBoolean stop) {
    return Thread.ofVirtual()
        .start(() -> {
          for (var i = 0; !stop.get(); i++) {
            var name = "w" + i + "@example.org";
            acme.create("{\"userName\":\"" + name + "\"}");
            confirmed.add(name);
          }
        });
  }

  @Test
  void aRunningServerIsBackedUpAndComesBackOnAnEmptyMachine() throws Exception {
    var first = machine(YAML);
    var server = first.serve(0);
    assertThat(Product.until(() -> acme(server).total("userName pr") == 40)).isTrue();
    var confirmed = new ConcurrentLinkedQueue<String>();
    var stop = new AtomicBoolean();
    var writer = writer(acme(server), confirmed, stop);
    assertThat(Product.until(() -> confirmed.size() > 50)).isTrue();
    var before = Set.copyOf(confirmed);
    var file = first.folder().resolve("running.backup");
    var backup = run(first, "backup", file.toString(), "--output", "json").json();
    stop.set(true);
    writer.join();
    assertThat(backup.at("/content/tables/scim_user").asInt()).isBetween(91, 40 + confirmed.size());
    assertThat(refused(first, "restore", file.toString(), "--replace"))
        .containsExactly("DATA_IN_USE");

    var second = machine(YAML);
    assertThat(run(second, "restore", file.toString(), "--check").out()).contains("is whole");
    assertThat(second.data()).doesNotExist();
    assertThat(run(second, "restore", file.toString()).out()).contains("restored", "tenure plan");
    assertThat(second.data().resolve("audit.key"))
        .hasSameBinaryContentAs(first.data().resolve("audit.key"));
    assertWell(second);
    var restored = second.serve(0);
    var names = names(acme(restored));
    assertThat(names).containsAll(before).hasSize(backup.at("/content/tables/scim_user").asInt());
    assertThat(audited(second)).isEqualTo(names);
    restored.stop();

    assertThat(refused(second, "restore", file.toString())).containsExactly("DATA_PRESENT");
    putBackOnceMore(second, file, names);
  }

  /// Over what is there, which is kept; and where the machine stopped in the middle of it.
  private static void putBackOnceMore(Product product, Path file, Set<String> names)
      throws IOException {
    var again = run(product, "restore", file.toString(), "--replace", "--output", "json").json();
    var replaced = Path.of(again.path("replaced").asString(""));
    assertThat(replaced.resolve("cluster/PG_VERSION")).hasContent("18");
    assertThat(replaced.getParent()).isEqualTo(product.data().toRealPath());
    var postgres = product.data().resolve("postgres");
    Files.move(postgres.resolve("cluster"), postgres.resolve("restored"));
    assertThat(audited(product)).isEqualTo(names);
    assertThat(postgres.resolve("restored")).doesNotExist();
    assertWell(product);
  }

  @Test
  void theWayToAnotherMajorVersionOfPostgresAndBack() {
    try (var other = OtherPostgres.start()) {
      var external =
          "database: {url: \"%s\", user: %s, password: \"${env:ACME_TOKEN}\"}\n"
              .formatted(other.url(), OtherPostgres.USER);
      var old = machine(external + YAML);
      run(old, "plan", "people");
      run(old, "apply", "people");
      var names = audited(old);
      assertThat(names).hasSize(40);
      var file = old.folder().resolve("old.backup").toString();
      var backup = run(old, "backup", file, "--output", "json").json();
      assertThat(backup.at("/content/postgres").asInt()).isLessThan(18);

      var embedded = machine(YAML);
      run(embedded, "restore", file);
      assertThat(audited(embedded)).isEqualTo(names);
      assertWell(embedded);

      var back = embedded.folder().resolve("new.backup").toString();
      run(embedded, "backup", back);
      assertThat(run(old, "restore", back, "--replace").out()).contains("schema tenure_replaced_");
      assertThat(audited(old)).isEqualTo(names);
      assertWell(old);
    }
  }

  @Test
  void whereThereIsNothingNothingIsBackedUp() {
    var product = machine(YAML);
    var file = product.folder().resolve("x.backup");
    assertThat(refused(product, "backup", file.toString())).containsExactly("DATA_MISSING");
    assertThat(file).doesNotExist();
    assertThat(product.data()).doesNotExist();
  }
}
