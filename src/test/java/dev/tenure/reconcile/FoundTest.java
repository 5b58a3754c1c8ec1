package dev.tenure.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenure.id.PersonKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Page by page each conflict comes once, and a page is found by the last one of the page before.
class FoundTest {
  private static final int PAGE = 7;

  private static Conflict conflict(ConflictKind kind, int person) {
    return new Conflict(
        kind,
        Optional.of(new PersonKey("E" + person)),
        Optional.empty(),
        "name " + person,
        List.of(),
        0.5,
        List.of(),
        Resolution.IGNORE,
        List.of(Resolution.IGNORE));
  }

  private static List<Conflict> some(int count) {
    var kinds = ConflictKind.values();
    var all = new ArrayList<Conflict>();
    for (int i = 0; i < count; i++) all.add(conflict(kinds[i * i % kinds.length], i));
    Collections.shuffle(all, new Random(7));
    return all;
  }

  private static List<Conflict> paged(Found found, Optional<ConflictKind> kind) {
    var paged = new ArrayList<Conflict>();
    var rest = found.of(kind);
    while (!rest.isEmpty()) {
      var page = rest.subList(0, Math.min(PAGE, rest.size()));
      paged.addAll(page);
      rest = found.after(kind, page.getLast().id()).orElseThrow();
    }
    return paged;
  }

  @Test
  void eachConflictIsOnOnePage() {
    var all = some(100);
    var found = new Found(all);
    assertThat(paged(found, Optional.empty())).containsExactlyElementsOf(found.conflicts());
    assertThat(found.conflicts()).containsExactlyInAnyOrderElementsOf(all);
    for (var kind : ConflictKind.values()) {
      assertThat(paged(found, Optional.of(kind)))
          .containsExactlyInAnyOrderElementsOf(all.stream().filter(c -> c.kind() == kind).toList());
    }
  }

  @Test
  void whatWasSettledMeanwhileIsNoReasonToBeginAnew() {
    var all = some(100);
    var before = new Found(all).conflicts();
    var last = before.get(41);
    var left = all.stream().filter(c -> !c.equals(last)).toList();
    assertThat(new Found(left).after(Optional.empty(), last.id()))
        .hasValue(before.subList(42, 100));
  }

  @Test
  void theIdOfNothingIsNoPlace() {
    assertThat(new Found(some(9)).after(Optional.empty(), "nonsense")).isEmpty();
    var first = Arrays.asList(ConflictKind.values()).getFirst();
    var other = Arrays.asList(ConflictKind.values()).getLast();
    assertThat(
            new Found(List.of(conflict(first, 1))).after(Optional.of(other), first.wire() + "/x"))
        .hasValue(List.of());
  }
}
