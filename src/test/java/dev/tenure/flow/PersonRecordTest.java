package dev.tenure.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenure.id.PersonKey;
import dev.tenure.scim.ScimJson;
import dev.tenure.source.Person;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/// The text of a person, by which changes are seen, is the same for the same person and tells all.
class PersonRecordTest {
  private static final int PEOPLE = 2_000;
  private static final List<String> PIECES =
      List.of("a", "\"", "\\", "/", "\n", "\t", "\u0001", "\u007f", "é", "Ω", "漢", "😀", " ");

  @Test
  void theTextIsTheJsonOfThePersonAndIsReadBack() {
    for (long seed = 0; seed < PEOPLE; seed++) {
      var person = person(new Random(seed));
      var text = PersonRecord.text(person);
      assertThat(text).as("seed %d", seed).isEqualTo(ScimJson.read(text).toString());
      assertThat(PersonRecord.read(person.key(), text)).as("seed %d", seed).isEqualTo(person);
    }
  }

  @Test
  void whatHasNothingIsAnEmptyObject() {
    assertThat(PersonRecord.text(new Person(new PersonKey("E1"), Map.of(), Map.of(), false)))
        .isEqualTo("{}");
  }

  @Test
  void halfACharacterAndNulAreReplaced() {
    var person =
        new Person(
            new PersonKey("E1"),
            Map.of("title", List.of("a\u0000b", "\ud83d", "\ude00x")),
            Map.of(),
            true);
    assertThat(PersonRecord.text(person))
        .isEqualTo(
            "{\"attributes\":{\"title\":[\"a\uFFFDb\",\"\uFFFD\",\"\uFFFDx\"]},\"disabled\":true}");
  }

  private static Person person(RandomGenerator random) {
    return new Person(
        new PersonKey("E" + random.nextInt(9)), lists(random), lists(random), random.nextBoolean());
  }

  private static Map<String, List<String>> lists(RandomGenerator random) {
    var lists = new TreeMap<String, List<String>>();
    for (int i = random.nextInt(4); i > 0; i--) {
      var values = new ArrayList<String>();
      for (int j = random.nextInt(3); j > 0; j--) values.add(text(random));
      lists.put("n" + text(random), values);
    }
    return lists;
  }

  private static String text(RandomGenerator random) {
    var text = new StringBuilder();
    for (int i = random.nextInt(5); i > 0; i--) {
      text.append(PIECES.get(random.nextInt(PIECES.size())));
    }
    return text.toString();
  }
}
