package dev.tenure.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tenure.database.Database;
import dev.tenure.flow.store.PostgresFlowLocks;
import dev.tenure.id.FlowId;
import dev.tenure.problem.Code;
import dev.tenure.problem.Problem;
import dev.tenure.testkit.TestDatabase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Who comes second to a flow waits: somebody who plans longer than a turn that reads both ends
/// whole, which took 17 seconds with 10,000 people on a busy machine.
class EntranceTest {
  private static final FlowId FLOW = new FlowId("people");

  @Test
  void whoComesToWorkWaitsLongerThanALongTurn() {
    var waits = new ArrayList<Duration>();
    var entrance = new Entrance(new Waiting(waits));
    entrance.enter(FLOW).close();
    entrance.enter(FLOW, Entrance.SHORT).close();
    assertThat(waits).isEqualTo(List.of(Entrance.PATIENCE, Entrance.SHORT));
    assertThat(Entrance.PATIENCE).isGreaterThan(Duration.ofMinutes(1));
  }

  private record Waiting(List<Duration> waits) implements FlowLocks {
    @Override
    public Optional<Held> lock(FlowId flow, Duration wait) {
      waits.add(wait);
      return Optional.of(() -> {});
    }

    @Override
    public Optional<Held> seats(String target, Duration wait) {
      throw new IllegalStateException("nobody counts seats here");
    }
  }

  @Test
  void whoHasWaitedLongEnoughIsToldSo() {
    try (Database database = TestDatabase.fresh()) {
      var entrance = new Entrance(new PostgresFlowLocks(database.jdbi()));
      try (var _ = entrance.enter(FLOW)) {
        assertThatThrownBy(() -> entrance.enter(FLOW, Duration.ofMillis(1)))
            .isInstanceOfSatisfying(
                Problem.Found.class,
                found -> assertThat(found.problems().getFirst().code()).isEqualTo(Code.FLOW_BUSY));
      }
      entrance.enter(FLOW, Duration.ofMillis(1)).close();
    }
  }
}
