package dev.tenure.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenure.scim.schema.Schema;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// C3, cases 18 to 27: what of a resource is read, and which resources are.
class ReadAttributesTest extends Conformance {
  private static final String PERSON =
      """
      'title': 'T', 'name': {'givenName': 'A', 'familyName': 'B'},
      'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User':
        {'department': 'D', 'costCenter': 'C'}\
      """;

  @Test
  @DisplayName("C3/18 GET ?attributes=userName: schemas, id and userName only")
  void case018_onlyWhatIsAskedFor() {
    for (var calls : both()) {
      var path = path(user(calls, PERSON));
      for (var name : new String[] {"userName", "USERNAME", Schema.USER + ":userName"}) {
        assertThat(calls.get(path + "?attributes=" + name).json().propertyNames())
            .containsExactlyInAnyOrder("schemas", "id", "userName");
      }
      var list = calls.get("/Users?attributes=userName&count=1").json().at("/Resources/0");
      assertThat(list.propertyNames()).containsExactlyInAnyOrder("schemas", "id", "userName");
    }
  }

  @Test
  @DisplayName("C3/19 GET ?excludedAttributes=id,userName: id stays, userName goes")
  void case019_whatIsAlwaysReturnedStays() {
    for (var calls : both()) {
      var made = user(calls, PERSON);
      var got = calls.get(path(made) + "?excludedAttributes=id,userName,name.givenName").json();
      assertThat(got.path("id").asString("")).isEqualTo(made.id());
      assertThat(got.has("userName")).isFalse();
      assertThat(got.path("name").toString()).isEqualTo("{\"familyName\":\"B\"}");
      assertThat(got.path("title").asString("")).isEqualTo("T");
    }
  }

  @Test
  @DisplayName("C3/20 GET ?attributes=name.givenName: only that sub-attribute")
  void case020_onlyTheSubAttribute() {
    for (var calls : both()) {
      var got = calls.get(path(user(calls, PERSON)) + "?attributes=name.givenName").json();
      assertThat(got.path("name").toString()).isEqualTo("{\"givenName\":\"A\"}");
      assertThat(got.propertyNames()).containsExactlyInAnyOrder("schemas", "id", "name");
    }
  }

  @Test
  @DisplayName("C3/21 GET ?attributes=urn:…:department: only that value of the extension")
  void case021_onlyTheValueOfTheExtension() {
    for (var calls : both()) {
      var path = path(user(calls, PERSON));
      var got = calls.get(path + "?attributes=" + ENTERPRISE + ":department").json();
      assertThat(got.path(ENTERPRISE).toString()).isEqualTo("{\"department\":\"D\"}");
      assertThat(got.propertyNames()).containsExactlyInAnyOrder("schemas", "id", ENTERPRISE);
    }
  }

  @Test
  @DisplayName("C3/22 GET ?attributes=password: no password")
  void case022_aPasswordCannotBeAskedFor() {
    for (var calls : both()) {
      var path = path(user(calls, "'password': 'hush'"));
      assertThat(calls.get(path + "?attributes=password").json().propertyNames())
          .containsExactlyInAnyOrder("schemas", "id");
    }
  }

  @Test
  @DisplayName("C3/23 GET ?attributes and ?excludedAttributes together: 400 invalidValue")
  void case023_attributesAreNamedOrExcluded() {
    for (var calls : both()) {
      var query = "?attributes=userName&excludedAttributes=title";
      assertError(calls.get(path(user(calls, "")) + query), 400, "invalidValue");
      assertError(calls.get("/Users" + query), 400, "invalidValue");
    }
  }

  @Test
  @DisplayName("C3/24 GET with an unknown query parameter: ignored")
  void case024_unknownParametersAreIgnored() {
    for (var calls : both()) {
      var made = user(calls, PERSON);
      for (var query : new String[] {"?aadOptscim062020=true", "?aadOptscim062020", "?&x=%20&"}) {
        assertThat(calls.get(path(made) + query).json()).isEqualTo(made.json());
        var asked = query + "&filter=id+eq+%22" + made.id() + "%22";
        assertThat(ids(calls.get("/Users" + asked))).containsExactly(made.id());
        var name = name();
        assertThat(calls.post("/Users" + query, body(name, "")).status()).isEqualTo(201);
      }
    }
  }

  @Test
  @DisplayName("C3/25 GET with Accept application/json or text/html: 200 JSON")
  void case025_theAnswerIsScimWhateverIsAccepted() {
    for (var calls : both()) {
      var made = user(calls, "");
      for (var accept : new String[] {"application/json", "application/scim+json", "text/html"}) {
        var got = calls.with("Accept", accept).get(path(made));
        assertThat(got.status()).isEqualTo(200);
        assertThat(got.header("Content-Type")).isEqualTo("application/scim+json");
        assertThat(got.json()).isEqualTo(made.json());
      }
    }
  }

  @Test
  @DisplayName("C3/26 GET an inactive user: 200 with active false, and in lists")
  void case026_anInactiveUserIsSeen() {
    for (var calls : both()) {
      var made = user(calls, "'active': false");
      assertThat(calls.get(path(made)).json().path("active").toString()).isEqualTo("false");
      assertThat(found(calls, "userName eq '" + made.text("/userName") + "'"))
          .containsExactly(made.id());
      assertThat(ids(calls.get("/Users?count=1000"))).contains(made.id());
    }
  }

  @Test
  @DisplayName("C3/27 GET a deleted user: 404, not in lists")
  void case027_aDeletedUserIsGone() {
    for (var calls : both()) {
      var made = user(calls, "");
      var path = path(made);
      assertThat(calls.delete(path).status()).isEqualTo(204);
      assertError(calls.get(path), 404, "");
      assertError(calls.put(path, body(name(), "")), 404, "");
      assertError(calls.change(path, op("add", "title", "'T'")), 404, "");
      assertError(calls.delete(path), 404, "");
      assertThat(found(calls, "id eq '" + made.id() + "'")).isEmpty();
      assertThat(ids(calls.get("/Users?count=1000"))).doesNotContain(made.id());
    }
  }
}
