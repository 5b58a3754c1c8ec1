package dev.tenure.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenure.organization.TestServer.Answer;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/// One line of what must come of a request.
record Expectation(String line) {

  /// All lines hold for this answer.
  static void hold(List<String> lines, Answer answer) {
    for (var line : lines) new Expectation(line).holds(answer);
  }

  private void holds(Answer answer) {
    var where = line + " in " + answer.status() + " " + answer.response().body();
    if (line.matches("[0-9]{3}( \\w+)?")) status(answer, where);
    else if (line.matches("[A-Z][A-Za-z-]+: .*")) header(answer, where);
    else if (line.startsWith("members are ")) members(answer, where);
    else value(answer.json(), where);
  }

  private void status(Answer answer, String where) {
    var parts = line.split(" ", 2);
    assertThat(String.valueOf(answer.status())).as(where).isEqualTo(parts[0]);
    if (parts.length > 1) assertThat(answer.text("/scimType")).as(where).isEqualTo(parts[1]);
    if (answer.status() == 204) assertThat(answer.response().body()).as(where).isEmpty();
    if (answer.status() == 201) {
      assertThat(answer.header("Location")).as(where).isEqualTo(answer.text("/meta/location"));
    }
    if (answer.status() >= 400) {
      assertThat(answer.header("Content-Type")).as(where).isEqualTo("application/scim+json");
    }
  }

  private void header(Answer answer, String where) {
    var parts = line.split(": ", 2);
    assertThat(answer.header(parts[0])).as(where).isEqualTo(parts[1]);
  }

  private void members(Answer answer, String where) {
    var wanted = Set.of(line.substring("members are ".length()).split(", "));
    var found =
        answer
            .json()
            .path("members")
            .valueStream()
            .map(member -> member.path("value").asString(""))
            .collect(Collectors.toSet());
    assertThat(found).as(where).isEqualTo(wanted);
  }

  private void value(JsonNode json, String where) {
    var words = line.split(" ", 3);
    switch (words[0]) {
      case "number" -> assertThat(json.at(words[1]).isIntegralNumber()).as(where).isTrue();
      case "text" -> assertThat(json.at(words[1]).isString()).as(where).isTrue();
      case "present" -> assertThat(json.at(words[1]).asString("")).as(where).isNotBlank();
      default -> compared(json.at(words[0]), words, where);
    }
  }

  private static void compared(JsonNode value, String[] words, String where) {
    switch (words[1]) {
      case "=" -> assertThat(value.asString("(none)")).as(where).isEqualTo(words[2]);
      case "has" -> assertThat(value.size()).as(where).isEqualTo(Integer.parseInt(words[2]));
      case "absent" -> assertThat(value.isMissingNode()).as(where).isTrue();
      default -> throw new IllegalArgumentException(where);
    }
  }
}
