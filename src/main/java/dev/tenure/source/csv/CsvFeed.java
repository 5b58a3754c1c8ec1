package dev.tenure.source.csv;

import dev.tenure.problem.Code;
import dev.tenure.problem.Problem;
import dev.tenure.source.Feed;
import dev.tenure.source.Time;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/// Knows that files have changed, and not what: then they are read whole. A file that is still
/// being written has not changed yet.
final class CsvFeed implements Feed {
  private static final Duration BETWEEN = Duration.ofMillis(200);
  private final List<Path> files;
  private final Duration settle;
  private final Time time;

  CsvFeed(CsvConfig config, Time time) {
    this.files = config.files();
    this.settle = config.settle();
    this.time = time;
  }

  @Override
  public Optional<Cursor> begin() {
    return Optional.of(new Cursor(Stamp.of(files).text()));
  }

  @Override
  public FeedOutcome since(Cursor cursor, Known known, Consumer<Event> events) {
    return hasChanged(cursor)
        ? new FeedOutcome.Expired(changed())
        : new FeedOutcome.Read(cursor, List.of());
  }

  @Override
  public void await(Cursor cursor, Duration longest) throws InterruptedException {
    time.await(longest, BETWEEN, () -> hasChanged(cursor));
  }

  private boolean hasChanged(Cursor cursor) {
    var now = Stamp.of(files);
    return !now.text().equals(cursor.value()) && !now.unsettled(settle, time).isPositive();
  }

  private Problem changed() {
    return new Problem(
        Code.SOURCE_CHANGED,
        "the file was replaced and is read whole",
        Map.of("file", files.getFirst().toString()),
        "nothing");
  }
}
