package dev.tenure.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class GroupPathsTest {
  private final GroupPaths paths = new GroupPaths();

  GroupPathsTest() {
    paths.group("1", "All Staff");
    paths.group("2", "EMEA");
    paths.group("3", "Sales");
    paths.nest("3", "2");
    paths.nest("2", "1");
  }

  @Test
  void thePathLeadsFromTheDirectGroupToTheNamedOne() {
    assertThat(paths.of(List.of("3")))
        .containsEntry("All Staff", List.of("Sales", "EMEA", "All Staff"))
        .containsEntry("Sales", List.of("Sales"))
        .hasSize(3);
  }

  @Test
  void theShortestWayIsTold() {
    paths.nest("3", "1");
    assertThat(paths.of(List.of("3"))).containsEntry("All Staff", List.of("Sales", "All Staff"));
    assertThat(paths.of(List.of("3", "1"))).containsEntry("All Staff", List.of("All Staff"));
  }

  @Test
  void circlesEnd() {
    paths.nest("1", "3");
    assertThat(paths.of(List.of("1"))).containsEntry("EMEA", List.of("All Staff", "Sales", "EMEA"));
    assertThat(paths.downwards(List.of("2"))).containsExactlyInAnyOrder("1", "2", "3");
  }

  @Test
  void whatIsNoGroupCountsForNothing() {
    paths.nest("3", "9");
    assertThat(paths.of(List.of("3", "8"))).containsOnlyKeys("All Staff", "EMEA", "Sales");
    assertThat(paths.upwards(List.of("3"))).contains("9");
  }
}
