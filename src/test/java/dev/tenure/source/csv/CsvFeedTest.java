package dev.tenure.source.csv;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenure.problem.Code;
import dev.tenure.source.Feed;
import dev.tenure.source.Feed.FeedOutcome;
import dev.tenure.source.InGroups;
import dev.tenure.source.Source.ReadOutcome;
import dev.tenure.source.SourceContract.Read;
import dev.tenure.source.Times;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Files that change.
class CsvFeedTest {
  private static final String CSV = "file: p.csv, key: id";
  private static final Duration LONG = Duration.ofSeconds(20);
  @TempDir Path path;
  private CsvFolder folder;

  @BeforeEach
  void write() {
    folder = new CsvFolder(path).file("p.csv", "id,name\nk1,Ada\nk2,Ben\n");
  }

  private static FeedOutcome since(Feed feed, Feed.Cursor cursor) {
    return feed.since(
        cursor,
        InGroups.NOBODY,
        _ -> {
          throw new AssertionError("a file tells of nobody");
        });
  }

  @Test
  void aFileThatStaysIsNoChange() {
    var feed = folder.source(CSV).feed().orElseThrow();
    var cursor = feed.begin().orElseThrow();
    assertThat(since(feed, cursor))
        .isInstanceOfSatisfying(
            FeedOutcome.Read.class, read -> assertThat(read.next()).isEqualTo(cursor));
  }

  @Test
  void aFileThatWasRenamedInIsReadWhole() throws InterruptedException {
    var feed = folder.source(CSV).feed().orElseThrow();
    var cursor = feed.begin().orElseThrow();
    folder.file("new.csv", "id,name\nk1,Ada\nk2,Bea\n").renamed("new.csv", "p.csv");
    feed.await(cursor, LONG);
    assertThat(since(feed, cursor))
        .isInstanceOfSatisfying(
            FeedOutcome.Expired.class,
            expired -> assertThat(expired.reason().code()).isEqualTo(Code.SOURCE_CHANGED));
    var next = feed.begin().orElseThrow();
    assertThat(since(feed, next)).isInstanceOf(FeedOutcome.Read.class);
  }

  @Test
  void waitingEndsWhereNothingHappens() throws InterruptedException {
    var simulated = new Times.Simulated();
    var feed = folder.source(CSV, simulated.time()).feed().orElseThrow();
    feed.await(feed.begin().orElseThrow(), Duration.ofMinutes(1));
    assertThat(simulated.pauses().stream().reduce(Duration.ZERO, Duration::plus))
        .isEqualTo(Duration.ofMinutes(1));
  }

  @Test
  void aFileThatIsBeingWrittenHasNotChangedYet() throws IOException {
    var simulated = new Times.Simulated();
    var now = simulated.time().clock().instant();
    touch(now.minusSeconds(60));
    var feed = folder.source(CSV + ", settle: 10s", simulated.time()).feed().orElseThrow();
    var cursor = feed.begin().orElseThrow();
    touch(now.minusSeconds(1));
    assertThat(since(feed, cursor)).isInstanceOf(FeedOutcome.Read.class);
    simulated.time().rest(Duration.ofSeconds(9));
    assertThat(since(feed, cursor)).isInstanceOf(FeedOutcome.Expired.class);
  }

  @Test
  void aFileThatIsBeingWrittenIsNotRead() throws IOException {
    var simulated = new Times.Simulated();
    var now = simulated.time().clock().instant();
    touch(now);
    var time = simulated.time();
    var writing =
        new dev.tenure.source.Time(
            time.clock(),
            pause -> {
              folder.file("p.csv", "id,name\nk1,Ada\n");
              time.pause().pause(pause);
            });
    var read = Read.of(folder.source(CSV + ", settle: 10s", writing));
    assertThat(read.reason()).contains(Code.SOURCE_INCOMPLETE);
    assertThat(read.people()).isEmpty();
    assertThat(simulated.pauses()).containsExactly(Duration.ofSeconds(10));
    touch(time.clock().instant().minusSeconds(11));
    assertThat(Read.of(folder.source(CSV + ", settle: 10s", time)).people()).hasSize(1);
  }

  private void touch(Instant at) throws IOException {
    Files.setLastModifiedTime(path.resolve("p.csv"), FileTime.from(at));
  }

  @Test
  void aReadIsHeldAgainstTheLastCompleteOne() {
    var source = folder.source(CSV + ", maximumShrink: 30%");
    assertThat(Read.of(source.after(() -> OptionalLong.of(2))).outcome())
        .isInstanceOf(ReadOutcome.Complete.class);
    assertThat(Read.of(source.after(() -> OptionalLong.of(3))).reason())
        .contains(Code.SOURCE_SHRUNK);
  }
}
