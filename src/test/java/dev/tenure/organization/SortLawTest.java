package dev.tenure.organization;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenure.organization.store.Place;
import dev.tenure.organization.store.SearchStore.Page;
import dev.tenure.organization.store.Slice;
import dev.tenure.organization.store.StoredResource;
import dev.tenure.scim.Resource;
import dev.tenure.scim.ScimJson;
import dev.tenure.scim.message.SortOrder;
import dev.tenure.scim.schema.AttributePaths;
import dev.tenure.scim.schema.AttributeRef;
import dev.tenure.scim.schema.ResourceType;
import dev.tenure.scim.schema.Schema;
import dev.tenure.scim.schema.Schemas;
import dev.tenure.testkit.TestDatabase;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The order that the database gives is the one that RFC 7644 §3.4.2.3 describes, written down here
/// once more in Java; and pages by cursor are that order cut into pieces.
class SortLawTest {
  private static final ResourceType TYPE = Schemas.standard().user();
  private static final List<String> PATHS =
      List.of(
          "userName",
          "externalId",
          "title",
          "active",
          "displayName",
          "name.familyName",
          "emails.value",
          "emails.type",
          "x509Certificates.value",
          "meta.lastModified",
          Schema.ENTERPRISE + ":department",
          Schema.ENTERPRISE + ":costCenter",
          Schema.ENTERPRISE + ":manager.value");
  private static final List<String> TEXTS =
      List.of("a", "A", "b", "B", "aa", "Ä", "ß", "Z", "é", "0", " x", "😀", "\uffee");
  private static final int POPULATIONS = 3;
  private static final int USERS = 25;

  @Test
  void theDatabaseSortsAsTheRfcSays() {
    for (int seed = 0; seed < POPULATIONS; seed++) {
      var random = new Random(Long.getLong("law.seed", seed));
      try (var database = TestDatabase.fresh()) {
        var organizations = new Organizations(database, Clock.systemUTC(), random);
        organizations.declare(TestServer.configs());
        var endpoint =
            new Endpoint(organizations.find(TestServer.ACME).orElseThrow(), "https://x/acme");
        populate(organizations.users(), endpoint, random);
        for (var path : PATHS) {
          for (boolean descending : new boolean[] {false, true}) {
            holds(organizations.users(), endpoint, order(path, descending), random);
          }
        }
        pagesArePartsOfTheWhole(organizations.users(), endpoint);
      } catch (RuntimeException | AssertionError e) {
        throw new AssertionError("replay with -Dlaw.seed=" + seed + ": " + e.getMessage(), e);
      }
    }
  }

  private static void pagesArePartsOfTheWhole(Users users, Endpoint endpoint) {
    for (boolean descending : new boolean[] {false, true}) {
      var order = new SortOrder(Optional.empty(), descending);
      var all = ids(numbered(users, endpoint, order, new Slice.At(0, USERS)).resources());
      for (int start = 0; start <= USERS + 1; start++) {
        var page = numbered(users, endpoint, order, new Slice.At(start, 4));
        assertThat(page.total()).isEqualTo(USERS);
        assertThat(ids(page.resources()))
            .isEqualTo(all.subList(Math.min(USERS, start), Math.min(USERS, start + 4)));
      }
    }
  }

  private static Page numbered(Users users, Endpoint endpoint, SortOrder order, Slice.At slice) {
    return users.search(endpoint, Optional.empty(), new Listing(order, slice));
  }

  private static void holds(
      Users users, Endpoint endpoint, SortOrder order, RandomGenerator random) {
    var sorted =
        users
            .search(endpoint, Optional.empty(), new Listing(order, new Slice.At(0, USERS)))
            .resources();
    var expected = new ArrayList<>(sorted);
    Collections.shuffle(expected, new Random(random.nextLong()));
    expected.sort(comparator(order));
    assertThat(ids(sorted)).as("%s", order).isEqualTo(ids(expected));
    var count = 1 + random.nextInt(9);
    assertThat(ids(walked(users, endpoint, order, count))).as("%s", order).isEqualTo(ids(sorted));
    var start = random.nextInt(USERS);
    var page =
        users.search(endpoint, Optional.empty(), new Listing(order, new Slice.At(start, count)));
    assertThat(ids(page.resources()))
        .isEqualTo(ids(sorted.subList(start, Math.min(USERS, start + count))));
  }

  /// By cursors to the end, and by cursors all the way back.
  private static List<StoredResource> walked(
      Users users, Endpoint endpoint, SortOrder order, int count) {
    var forward = new ArrayList<List<StoredResource>>();
    Slice slice = new Slice.First(count);
    Page page;
    do {
      page = users.search(endpoint, Optional.empty(), new Listing(order, slice));
      forward.add(page.resources());
      slice = beside(page.after(), count, page.total());
    } while (page.after().isPresent());
    for (int i = forward.size() - 2; i >= 0; i--) {
      slice = beside(page.before(), count, page.total());
      page = users.search(endpoint, Optional.empty(), new Listing(order, slice));
      assertThat(ids(page.resources())).as("%s backwards", order).isEqualTo(ids(forward.get(i)));
    }
    assertThat(page.before()).isEmpty();
    return forward.stream().flatMap(List::stream).toList();
  }

  private static Slice beside(Optional<Place> place, int count, long total) {
    return place
        .<Slice>map(p -> new Slice.Beside(p, count, total))
        .orElseGet(() -> new Slice.First(count));
  }

  private static Comparator<StoredResource> comparator(SortOrder order) {
    var ref = order.by().orElseThrow();
    Comparator<StoredResource> up =
        Comparator.comparing(
                (StoredResource r) -> key(r, ref).orElse(null),
                Comparator.nullsLast(SortLawTest::byCodePoint))
            .thenComparing(r -> r.id().toString());
    return order.descending() ? up.reversed() : up;
  }

  private static Optional<String> key(StoredResource resource, AttributeRef ref) {
    if (ref.toString().equals("meta.lastModified")) {
      return Optional.of("%020d".formatted(resource.modified().toEpochMilli()));
    }
    var root = ScimJson.read(resource.document());
    var holder = ref.extension() ? root.path(ref.attribute().schema()) : root;
    var value = one(holder.path(ref.attribute().name()));
    if (ref.sub().isPresent()) value = value.path(ref.leaf().name());
    if (value.isMissingNode()) return Optional.empty();
    var text = value.asString("");
    return Optional.of(ref.leaf().caseExact() ? text : text.toLowerCase(Locale.ROOT));
  }

  private static JsonNode one(JsonNode node) {
    if (!node.isArray()) return node;
    return node.valueStream()
        .filter(v -> v.path("primary").asBoolean(false))
        .findFirst()
        .orElse(node.get(0));
  }

  /// Not by UTF-16: what lies beyond it comes last.
  private static int byCodePoint(String a, String b) {
    return java.util.Arrays.compare(a.codePoints().toArray(), b.codePoints().toArray());
  }

  private static SortOrder order(String path, boolean descending) {
    return new SortOrder(AttributePaths.resolve(TYPE, path), descending);
  }

  private static List<String> ids(List<StoredResource> resources) {
    return resources.stream().map(r -> r.id().toString()).toList();
  }

  private static void populate(Users users, Endpoint endpoint, RandomGenerator random) {
    for (int i = 0; i < USERS; i++) {
      var user = (ObjectNode) ScimJson.read("{\"schemas\": [\"" + Schema.USER + "\"]}");
      user.put("userName", text(random) + i);
      for (var name : List.of("externalId", "title", "displayName")) some(user, name, random);
      user.put("active", random.nextBoolean());
      if (random.nextBoolean()) user.putObject("name").put("familyName", text(random));
      var primary = random.nextInt(4);
      for (int m = 0; m < random.nextInt(4); m++) {
        var mail = user.withArray("emails").addObject();
        some(mail, "type", random);
        mail.put("value", text(random) + m);
        if (m == primary) mail.put("primary", true);
      }
      if (random.nextBoolean()) {
        user.withArray("x509Certificates").addObject().put("value", "QUJD" + "eHl6".repeat(i % 3));
      }
      var enterprise = user.putObject(Schema.ENTERPRISE);
      for (var name : List.of("department", "costCenter")) some(enterprise, name, random);
      if (random.nextBoolean()) enterprise.putObject("manager").put("value", text(random));
      users.create(endpoint, Resource.of(user));
    }
  }

  private static void some(ObjectNode node, String name, RandomGenerator random) {
    if (random.nextInt(3) > 0) node.put(name, text(random));
  }

  private static String text(RandomGenerator random) {
    return TEXTS.get(random.nextInt(TEXTS.size()));
  }
}
