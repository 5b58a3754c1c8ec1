package dev.tenure.organization.scim;

import static dev.tenure.organization.scim.Specimens.assertError;
import static dev.tenure.organization.scim.Specimens.body;
import static dev.tenure.organization.scim.Specimens.json;
import static dev.tenure.organization.scim.Specimens.made;
import static dev.tenure.organization.scim.Specimens.quoted;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tenure.organization.TestServer;
import dev.tenure.organization.TestServer.Calls;
import dev.tenure.scim.schema.Attribute;
import dev.tenure.scim.schema.Schema;
import dev.tenure.scim.schema.SchemaDocument;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/// The endpoint of a resource type that the organization declares: discovery, methods, versions,
/// lists, isolation, races, the audit log.
class SpecimenEndpointTest {
  private static Specimens specimens;
  private static Calls acme;

  @BeforeAll
  static void start() {
    specimens = new Specimens();
    acme = specimens.acme();
  }

  @AfterAll
  static void stop() {
    specimens.close();
  }

  @Test
  void schemasShowEachCharacteristicAsItIsDeclared() {
    var declared = Specimens.configs().getFirst().registry().schemas();
    for (Schema schema : declared) {
      var answer = acme.get("/Schemas/" + schema.id());
      assertThat(answer.status()).isEqualTo(200);
      assertThat(SchemaDocument.read((ObjectNode) answer.json())).isEqualTo(schema);
    }
    var all = acme.get("/Schemas").json().path("Resources");
    assertThat(all.valueStream().map(s -> s.path("id").asString("")))
        .contains(Specimens.SCHEMA, Specimens.EXTRA, Schema.USER, Schema.GROUP);
    assertThat(specimens.other().get("/Schemas/" + Specimens.SCHEMA).status()).isEqualTo(404);
  }

  /// The test type has it all: what is not declared in it is not tried.
  @Test
  void theSpecimenHasOneOfEverything() {
    var attributes = Specimens.configs().getFirst().registry().schemas().getFirst().attributes();
    var seen = new HashSet<Object>();
    for (Attribute a : attributes) {
      seen.add(a.type() + " " + a.multiValued());
      seen.addAll(List.of(a.mutability(), a.returned(), a.uniqueness()));
    }
    for (var type : Attribute.Type.values()) {
      assertThat(seen).contains(type + " true", type + " false");
    }
    assertThat(seen).contains((Object[]) Attribute.Mutability.values());
    assertThat(seen).contains((Object[]) Attribute.Returned.values());
    assertThat(seen).contains((Object[]) Attribute.Uniqueness.values());
  }

  @Test
  void resourceTypesShowEndpointSchemaAndExtensions() {
    var type = acme.get("/ResourceTypes/specimen");
    assertThat(type.text("/endpoint")).isEqualTo("/Specimens");
    assertThat(type.text("/schema")).isEqualTo(Specimens.SCHEMA);
    assertThat(type.json().path("schemaExtensions"))
        .isEqualTo(
            json(
                "[{'schema': 'urn:tenure:test:Extra', 'required': false},"
                    + " {'schema': '"
                    + Schema.ENTERPRISE
                    + "', 'required': false}]"));
    var demanding = acme.get("/ResourceTypes/Demanding").json().path("schemaExtensions");
    assertThat(demanding.get(0).path("required").asBoolean(false)).isTrue();
    var user = acme.get("/ResourceTypes/User").response().body();
    assertThat(user).contains(Specimens.EXTRA);
    assertThat(specimens.other().get("/ResourceTypes").total()).isEqualTo(2);
  }

  @Test
  void theStandardExtensionsCanBePartOfIt() {
    var made = made(acme, "'" + Schema.ENTERPRISE + "': {'department': 'Lab'}");
    assertThat(made.json().path("schemas"))
        .isEqualTo(json("['" + Specimens.SCHEMA + "', '" + Schema.ENTERPRISE + "']"));
    var filter = Schema.ENTERPRISE + ":department eq \"lab\" and id eq \"" + made.id() + "\"";
    assertThat(acme.filter("/Specimens", filter).total()).isOne();
  }

  @Test
  void theNameOfTheEndpointIsFoundInAnyLetterCase() {
    var id = made(acme, "").id();
    assertThat(acme.get("/specimens/" + id).text("/meta/resourceType")).isEqualTo("Specimen");
    assertError(acme.get("/Specimen/" + id), 404, "");
    assertError(acme.get("/Nothing"), 404, "");
    assertError(specimens.other().get("/Specimens"), 404, "");
  }

  @Test
  void methodsThatAreNotThereAreRefused() {
    var put = acme.put("/Specimens", body(""));
    assertError(put, 405, "");
    assertThat(put.header("Allow")).contains("GET").contains("POST");
    assertError(acme.post("/Specimens/" + made(acme, "").id(), body("")), 405, "");
    assertError(acme.get("/Specimens/.search"), 405, "");
  }

  @Test
  void whatIsDeletedIsGone() {
    var path = "/Specimens/" + made(acme, "").id();
    assertThat(acme.delete(path).status()).isEqualTo(204);
    var patch = quoted("{'op': 'remove', 'path': 'string'}");
    assertError(acme.get(path), 404, "");
    assertError(acme.delete(path), 404, "");
    assertError(acme.put(path, body("")), 404, "");
    assertError(acme.change(path, patch), 404, "");
    assertError(acme.get("/Specimens/nonsense"), 404, "");
  }

  @Test
  void aResourceIsOfOneTypeAndOneOrganization() {
    var id = made(acme, "").id();
    assertError(acme.get("/Demanding/" + id), 404, "");
    assertError(acme.delete("/Demanding/" + id), 404, "");
    assertError(acme.get("/Users/" + id), 404, "");
    assertError(specimens.exact().get("/Specimens/" + id), 404, "");
    assertError(specimens.exact().delete("/Specimens/" + id), 404, "");
    var filter = "id eq \"" + id + "\"";
    assertThat(specimens.exact().filter("/Specimens", filter).total()).isZero();
    assertThat(acme.filter("/Demanding", filter).total()).isZero();
    assertThat(acme.filter("/Specimens", filter).total()).isOne();
  }

  @Test
  void aStaleVersionChangesNothing() {
    var path = "/Specimens/" + made(acme, "").id();
    var patch = quoted("{'op': 'replace', 'path': 'string', 'value': 'a'}");
    acme.change(path, patch);
    var stale = acme.with("If-Match", "W/\"1\"");
    assertError(stale.change(path, patch.replace("\"a\"", "\"b\"")), 412, "");
    assertError(stale.put(path, body("")), 412, "");
    assertError(stale.delete(path), 412, "");
    assertThat(acme.with("If-None-Match", "W/\"2\"").get(path).status()).isEqualTo(304);
    var fresh = acme.with("If-Match", "W/\"2\"");
    assertThat(fresh.put(path, body("")).header("ETag")).isEqualTo("W/\"3\"");
    assertThat(acme.with("If-Match", "W/\"3\"").delete(path).status()).isEqualTo(204);
  }

  @Test
  void whatDoesNotDifferIsNotWritten() {
    var made = made(acme, "'string': 'a', 'integers': [1, 2]");
    var path = "/Specimens/" + made.id();
    var put = acme.put(path, body("'integers': [1, 2], 'string': 'a', 'boolean': null"));
    assertThat(put.json()).isEqualTo(made.json());
  }

  @Test
  void listsHavePagesFiltersAndProjection() {
    var label = specimens.name();
    for (int i = 0; i < 5; i++) made(acme, "'exact': '" + label + "', 'integer': " + i);
    var seen = new ArrayList<Integer>();
    for (int start = 1; start <= 5; start += 2) {
      var search =
          quoted(
              "{'filter': 'exact eq \\\"%s\\\"', 'startIndex': %d, 'count': 2,"
                      .formatted(label, start)
                  + " 'attributes': ['integer']}");
      var page = acme.post("/Specimens/.search", search);
      assertThat(page.total()).isEqualTo(5);
      for (var found : page.json().path("Resources").values()) {
        seen.add(found.path("integer").intValue());
        assertThat(found.has("label")).isFalse();
      }
    }
    assertThat(seen).containsExactly(0, 1, 2, 3, 4);
    var some = "exact eq \"" + label + "\" and (integer lt 1 or integer ge 3)";
    assertThat(acme.filter("/Specimens", some).total()).isEqualTo(3);
  }

  @Test
  void metaAndExternalIdCanBeAskedFor() {
    var label = specimens.name();
    var made = made(acme, "'exact': '" + label + "', 'externalId': 'Ab'");
    for (var filter :
        List.of(
            "externalId eq \"Ab\"",
            "externalId pr",
            "externalId sw \"A\"",
            "meta.resourceType eq \"Specimen\"",
            "meta.version eq \"W/\\\"1\\\"\"",
            "meta.created eq \"" + made.text("/meta/created") + "\"",
            "meta.lastModified gt \"2020-01-01T00:00:00Z\"",
            "id co \"-\"")) {
      var whole = "exact eq \"" + label + "\" and " + filter;
      assertThat(acme.filter("/Specimens", whole).total()).as(filter).isOne();
    }
    for (var filter : List.of("externalId eq \"ab\"", "meta.resourceType eq \"User\"")) {
      var whole = "exact eq \"" + label + "\" and " + filter;
      assertThat(acme.filter("/Specimens", whole).total()).as(filter).isZero();
    }
  }

  @Test
  void severalPartsOfAPartCanBeAskedFor() {
    var label = specimens.name();
    made(
        acme,
        "'exact': '"
            + label
            + "', 'complex': {'tags': ['a', 'b']},"
            + " 'complexes': [{'value': 'v', 'tags': ['c']}]");
    for (var filter :
        List.of(
            "complex.tags eq \"B\"",
            "complex.tags ne \"a\"",
            "complex.tags pr",
            "complexes.tags eq \"c\"",
            "complexes[value eq \"v\" and tags sw \"c\"]")) {
      var whole = "exact eq \"" + label + "\" and " + filter;
      assertThat(acme.filter("/Specimens", whole).total()).as(filter).isOne();
    }
    for (var filter :
        List.of("complex.tags eq \"c\"", "complexes[tags ne \"c\"]", "complexes.tags eq null")) {
      var whole = "exact eq \"" + label + "\" and " + filter;
      assertThat(acme.filter("/Specimens", whole).total()).as(filter).isZero();
    }
  }

  @Test
  void whoMayNotReadOrWriteUsersMayNotHereEither() {
    var viewer = acme.as(TestServer.VIEWER);
    var path = "/Specimens/" + made(acme, "").id();
    assertThat(viewer.get(path).status()).isEqualTo(200);
    assertError(viewer.post("/Specimens", body("")), 403, "");
    assertError(viewer.put(path, body("")), 403, "");
    assertError(viewer.delete(path), 403, "");
  }

  @Test
  void ofManyWhoWantTheSameValueOneGetsIt() throws InterruptedException, ExecutionException {
    var value = specimens.name();
    var paths = IntStream.range(0, 8).mapToObj(_ -> "/Specimens/" + made(acme, "").id()).toList();
    var patch = quoted("{'op': 'add', 'path': 'unique', 'value': '" + value + "'}");
    var statuses = new ArrayList<Integer>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var tasks =
          paths.stream()
              .map(path -> (Callable<Integer>) () -> acme.change(path, patch).status())
              .toList();
      for (var done : threads.invokeAll(tasks)) statuses.add(done.get());
    }
    assertThat(statuses).containsOnlyOnce(200).containsOnly(200, 409);
    assertThat(acme.filter("/Specimens", "unique eq \"" + value + "\"").total()).isOne();
  }

  @Test
  void twoWhoWantEachOthersValueAreNotStuck() throws InterruptedException, ExecutionException {
    var paths = List.of("/Specimens/" + made(acme, "").id(), "/Specimens/" + made(acme, "").id());
    for (int round = 0; round < 10; round++) {
      var values = List.of(specimens.name(), specimens.name());
      for (int i = 0; i < 2; i++) assertThat(put(paths.get(i), values.get(i))).isEqualTo(200);
      try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
        var first = threads.submit(() -> put(paths.get(0), values.get(1)));
        var second = threads.submit(() -> put(paths.get(1), values.get(0)));
        assertThat(List.of(first.get(), second.get())).isSubsetOf(200, 409);
      }
    }
  }

  private static int put(String path, String unique) {
    return acme.put(path, body("'unique': '" + unique + "'")).status();
  }

  @Test
  void aTextThatNoIndexHasRoomForIsRefused() {
    var text = IntStream.range(0, 5_000).mapToObj(Integer::toHexString).toList().toString();
    assertError(acme.post("/Specimens", body("'externalId': '" + text + "'")), 400, "invalidValue");
    made(acme, "'string': '" + text + "', 'unique': '" + text + "'");
  }

  @Test
  void ofManyChangesAtOnceNoneIsLost() throws InterruptedException, ExecutionException {
    var path = "/Specimens/" + made(acme, "").id();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var tasks =
          IntStream.range(0, 8)
              .mapToObj(i -> quoted("{'op': 'add', 'path': 'integers', 'value': [" + i + "]}"))
              .map(patch -> (Callable<Integer>) () -> acme.change(path, patch).status())
              .toList();
      for (var done : threads.invokeAll(tasks)) assertThat(done.get()).isEqualTo(200);
    }
    assertThat(acme.get(path).json().path("integers")).hasSize(8);
    assertThat(acme.get(path).header("ETag")).isEqualTo("W/\"9\"");
  }

  @Test
  void eachChangeIsInTheAuditLog() {
    var path = "/Specimens/" + made(acme, "").id();
    acme.change(path, quoted("{'op': 'add', 'path': 'string', 'value': 'a'}"));
    acme.delete(path);
    var rows =
        specimens
            .server()
            .database()
            .jdbi()
            .withHandle(handle ->
                handle
                    .createQuery(
                        "select action || ' ' || (detail ->> 'type') from audit_entry"
                            + " where subject = :id and log = 'organization/acme'"
                            + " order by at, action")
                    .bind("id", path.substring(path.lastIndexOf('/') + 1))
                    .mapTo(String.class)
                    .list());
    assertThat(rows)
        .containsExactlyInAnyOrder(
            "resource.created Specimen", "resource.updated Specimen", "resource.deleted Specimen");
  }
}
