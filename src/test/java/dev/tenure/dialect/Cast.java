package dev.tenure.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenure.organization.TestServer;
import dev.tenure.organization.TestServer.Answer;
import dev.tenure.organization.TestServer.Calls;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// Who is there before a request is sent: Mara and Jon, who are in the group "Support", and Lena,
/// who is not. Nobody of another cast has their names.
record Cast(Calls admin, Map<String, String> names) {

  static Cast in(Calls admin, int number, List<String> given) {
    var mara = person(admin, "mara", "Mara", number);
    var jon = person(admin, "jon", "Jon", number);
    var lena = person(admin, "lena", "Lena", number);
    var group =
        made(
            admin.post(
                "/Groups",
                """
                {"schemas": ["urn:ietf:params:scim:schemas:core:2.0:Group"],
                 "displayName": "Support %d", "members": [{"value": "%s"}, {"value": "%s"}]}
                """
                    .formatted(number, mara, jon)));
    var names =
        Map.of(
            "n", String.valueOf(number),
            "mara", mara,
            "jon", jon,
            "lena", lena,
            "group", group,
            "guid", UUID.randomUUID().toString());
    given.forEach(fact -> make(admin, fact, names));
    return new Cast(admin, names);
  }

  private static void make(Calls admin, String fact, Map<String, String> names) {
    var mara = "/Users/" + names.get("mara");
    var answer =
        switch (fact) {
          case "mara is inactive" ->
              admin.change(mara, "{\"op\":\"replace\",\"path\":\"active\",\"value\":false}");
          case "jon manages mara" ->
              admin.change(
                  mara,
                  """
                  {"op": "add", "value":
                   {"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User":
                    {"manager": {"value": "%s"}}}}
                  """
                      .formatted(names.get("jon")));
          default -> throw new IllegalArgumentException(fact);
        };
    assertThat(answer.status()).as(answer.response().body()).isEqualTo(200);
  }

  private static String person(Calls admin, String word, String name, int number) {
    return made(
        admin.post(
            "/Users",
            """
            {"schemas": ["urn:ietf:params:scim:schemas:core:2.0:User",
               "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"],
             "userName": "%1$s.%3$d@contoso.example", "displayName": "%2$s Okafor",
             "name": {"givenName": "%2$s", "familyName": "Okafor"}, "active": true,
             "emails": [{"value": "%1$s.%3$d@contoso.example", "type": "work", "primary": true}],
             "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User":
               {"department": "Support", "employeeNumber": "10042"},
             "externalId": "%4$s%3$d"}
            """
                .formatted(word, name, number, word.equals("mara") ? "ext-" : word + "-")));
  }

  private static String made(Answer answer) {
    assertThat(answer.status()).as(answer.response().body()).isEqualTo(201);
    return answer.id();
  }

  /// What there is of the people and of the group now.
  List<String> state() {
    return List.of("Users/mara", "Users/jon", "Users/lena", "Groups/group").stream()
        .map(what -> what.split("/", 2))
        .map(what -> admin.get("/" + what[0] + "/" + names.get(what[1])).response().body())
        .toList();
  }

  TestServer server() {
    return admin.server();
  }
}
