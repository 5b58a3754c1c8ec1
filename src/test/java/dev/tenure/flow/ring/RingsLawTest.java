package dev.tenure.flow.ring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenure.flow.ring.Way.Bar;
import dev.tenure.id.FlowId;
import dev.tenure.scim.Law;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/// Rings are what walking every path finds, and their scopes mean what their expressions say.
class RingsLawTest {
  private static final List<String> MARKS = List.of("a", "b", "c");

  private static Store store(int number) {
    return new Store.Server("s" + number);
  }

  private static List<Way> graph(RandomGenerator random) {
    int stores = 1 + random.nextInt(5);
    int flows = random.nextInt(8);
    var ways = new ArrayList<Way>();
    for (int i = 0; i < flows; i++) {
      Optional<Store> from =
          random.nextInt(6) == 0 ? Optional.empty() : Optional.of(store(random.nextInt(stores)));
      var id = new FlowId("f" + i);
      ways.add(new Way(id, from, store(random.nextInt(stores)), bars(random), mark(random)));
    }
    return ways;
  }

  private static Optional<String> mark(RandomGenerator random) {
    int drawn = random.nextInt(MARKS.size() + 1);
    return drawn < MARKS.size() ? Optional.of(MARKS.get(drawn)) : Optional.empty();
  }

  private static List<Bar> bars(RandomGenerator random) {
    var mark = MARKS.get(random.nextInt(MARKS.size()));
    return switch (random.nextInt(4)) {
      case 0 -> List.of(new Bar.AllBut(mark));
      case 1 -> List.of(new Bar.Only(mark));
      default -> List.of();
    };
  }

  /// Whether somebody who begins in the store that the first flow reads can come back to it: every
  /// path without a repetition is walked, with the mark that the person then carries.
  private static boolean comesBack(List<Way> ways, List<Way> walked) {
    var last = walked.getLast();
    if (walked.size() > 1 && Optional.of(last.to()).equals(walked.getFirst().from())) return true;
    if (walked.size() == 1 && takes(last, last.to(), last.mark())) return true;
    for (var next : ways) {
      if (walked.contains(next) || !takes(next, last.to(), last.mark())) continue;
      var longer = new ArrayList<>(walked);
      longer.add(next);
      if (comesBack(ways, longer)) return true;
    }
    return false;
  }

  private static boolean takes(Way way, Store store, Optional<String> mark) {
    if (way.from().isEmpty() || !way.from().get().equals(store)) return false;
    for (var bar : way.leavesOut()) {
      if (bar instanceof Bar.AllBut(var own) && mark.isPresent() && !own.equals(mark.get())) {
        return false;
      }
      if (bar instanceof Bar.Only(var other) && mark.equals(Optional.of(other))) return false;
    }
    return true;
  }

  @Test
  void aRingIsFoundExactlyWhereWalkingEveryPathComesBack() {
    var with = new AtomicInteger();
    var without = new AtomicInteger();
    Law.holds(random -> {
      var ways = graph(random);
      var rings = Rings.of(ways);
      boolean back = ways.stream().anyMatch(w -> comesBack(ways, List.of(w)));
      assertThat(!rings.isEmpty()).as(ways.toString()).isEqualTo(back);
      rings.forEach(RingsLawTest::closes);
      (back ? with : without).incrementAndGet();
    });
    if (Long.getLong("law.seed") == null) {
      assertThat(with).hasPositiveValue();
      assertThat(without).hasPositiveValue();
    }
  }

  /// Each one takes what the one before wrote, none is there twice, and the end is the beginning.
  private static void closes(List<Way> ring) {
    assertThat(ring).doesNotHaveDuplicates();
    assertThat(ring.getFirst().from()).contains(ring.getLast().to());
    for (int i = 1; i < ring.size(); i++) {
      var before = ring.get(i - 1);
      assertThat(takes(ring.get(i), before.to(), before.mark())).isTrue();
    }
    if (ring.size() == 1) {
      assertThat(takes(ring.getFirst(), ring.getFirst().to(), ring.getFirst().mark())).isTrue();
    }
  }

  @Test
  void aFlowIntoItsOwnStoreIsARingOnlyIfItReadsItsAccountsAgain() {
    var self = Optional.of(store(1));
    var id = new FlowId("copy");
    Optional<Store> from = self.map(s -> s);
    assertThat(Rings.of(List.of(new Way(id, from, store(1), List.of(), Optional.of("m")))))
        .hasSize(1);
    List<Bar> own = List.of(new Bar.AllBut("hr"));
    assertThat(Rings.of(List.of(new Way(id, from, store(1), own, Optional.of("m"))))).isEmpty();
    assertThat(Rings.of(List.of(new Way(id, from, store(1), own, Optional.empty())))).hasSize(1);
  }

  @Test
  void aScopeIsUnderstoodWhereItsFormIsCertain() {
    assertThat(ScopeBars.of("sourceOrg == \"hr\"")).containsExactly(new Bar.AllBut("hr"));
    assertThat(ScopeBars.of("title != '' && sourceOrg!='x' && size(groups) > 1"))
        .containsExactly(new Bar.Only("x"));
    for (var unclear :
        List.of(
            "sourceOrg != 'x' || title == 'y'",
            "!(title == 'a' && sourceOrg == 'x' && userName == 'b')",
            "title == 'a && sourceOrg == \"x\" && b'",
            "title == \"it's && sourceOrg == 'x' && that's\"",
            "a ? b : title == 'c' && sourceOrg == 'x'",
            "'x' in [sourceOrg]",
            "sourceOrg == other")) {
      assertThat(ScopeBars.of(unclear)).as(unclear).isEmpty();
    }
  }

  @Test
  void aServerIsOneHoweverItsAddressIsWritten() {
    var one = Store.at(URI.create("https://Hub.Example.com/scim/v2"));
    assertThat(Store.at(URI.create("https://hub.example.com:443/scim/v2/"))).isEqualTo(one);
    assertThat(Store.at(URI.create("https://hub.example.com/scim/v2/x"))).isNotEqualTo(one);
    assertThat(Store.at(URI.create("https://hub.example.com:8443/scim/v2"))).isNotEqualTo(one);
  }
}
