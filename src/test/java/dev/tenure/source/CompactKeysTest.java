package dev.tenure.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CompactKeysTest {
  private static final long SEED = Long.getLong("law.seed", 20_261_125L);

  @Test
  void itNumbersTextsAsAMapWould() {
    var random = new Random(SEED);
    var keys = new CompactKeys();
    Map<String, Integer> expected = new HashMap<>();
    for (int i = 0; i < 20_000; i++) {
      var text = "person-" + random.nextInt(8_000) + "\u00fc";
      int number = expected.computeIfAbsent(text, _ -> expected.size());
      assertThat(keys.number(text)).as("law.seed=%d", SEED).isEqualTo(number);
    }
    assertThat(keys.size()).isEqualTo(expected.size());
    expected.forEach((text, number) -> assertThat(keys.find(text)).isEqualTo(number));
    assertThat(keys.find("nobody")).isEqualTo(-1);
    assertThat(keys.add("nobody")).isTrue();
    assertThat(keys.add("nobody")).isFalse();
  }

  @Test
  void membershipsAreThoseThatWereAdded() {
    var random = new Random(SEED);
    var memberships = new Memberships();
    Map<String, Set<String>> expected = new HashMap<>();
    for (int i = 0; i < 10_000; i++) {
      var member = "m" + random.nextInt(3_000);
      var group = "g" + random.nextInt(50);
      memberships.add(member, group);
      expected.computeIfAbsent(member, _ -> new HashSet<>()).add(group);
    }
    assertThat(memberships.strangers()).isEqualTo(expected.size());
    expected.forEach((member, groups) ->
        assertThat(memberships.of(member))
            .as("law.seed=%d, %s", SEED, member)
            .hasSameElementsAs(groups));
    assertThat(memberships.of("nobody")).isEmpty();
    assertThat(memberships.strangers()).isZero();
  }
}
