package dev.tenure.cli;

import dev.tenure.cli.Faces.Column;
import dev.tenure.licence.Reclaimable;
import dev.tenure.view.ReclaimableJson.Seat;
import java.util.List;

/// Seats that could be had back, as a table.
final class SeatsView {
  private SeatsView() {}

  static String table(List<Seat> seats) {
    if (seats.isEmpty()) return "no seat was found that could be had back\n";
    return Faces.table(
        seats,
        List.of(
            new Column<>("where", s -> s.home().name()),
            new Column<>("account", s -> s.found().name()),
            new Column<>("licences", s -> sorted(s.found())),
            new Column<>("evidence", s -> s.found().evidence().wire()),
            new Column<>("because", s -> s.found().because()),
            new Column<>("a month", Seat::words)));
  }

  private static String sorted(Reclaimable found) {
    return String.join(", ", found.skus().stream().sorted().toList());
  }
}
