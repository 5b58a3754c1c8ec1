package dev.tenure;

import dev.tenure.deliver.Pause;
import dev.tenure.problem.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Looks whether `tenure.yaml` or one of its tables has changed, and hands on what stands there
/// then. A configuration with mistakes is told, and changes nothing.
final class ConfigWatch implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ConfigWatch.class);
  private static final Duration LOOK = Duration.ofMillis(500);
  private static final Duration CLOSE = Duration.ofSeconds(2);

  private final Follow follow;
  private final Thread thread;
  private List<String> seen;
  private List<String> last;
  private List<Path> tables;

  /// The file, how it is read (or [Problem.Found] with everything that is wrong), and who wants to
  /// know.
  record Follow(Path file, Supplier<Settings> reader, Consumer<Settings> taker) {}

  private ConfigWatch(Follow follow, Settings now) {
    this.follow = follow;
    this.tables = now.tables();
    this.seen = stamps();
    this.last = seen;
    this.thread = Thread.ofVirtual().name("config").unstarted(this::run);
  }

  static ConfigWatch start(Follow follow, Settings now) {
    var watch = new ConfigWatch(follow, now);
    watch.thread.start();
    return watch;
  }

  private void run() {
    try {
      while (true) {
        Pause.real().pause(LOOK);
        look();
      }
    } catch (InterruptedException _) {
      LOG.debug("the configuration is no longer watched");
    }
  }

  /// A file that is being written may be empty for a moment: it is read when two looks in a row see
  /// the same. One that changes while it is read has another stamp at the next look; a table that
  /// is new there makes it read once more, which changes nothing.
  private void look() {
    var now = stamps();
    boolean isSettled = now.equals(last);
    last = now;
    if (!isSettled || now.equals(seen)) return;
    seen = now;
    try {
      var settings = follow.reader().get();
      tables = settings.tables();
      follow.taker().accept(settings);
    } catch (Problem.Found e) {
      LOG.warn("the configuration has mistakes; what was read before holds");
      e.problems().forEach(problem -> LOG.warn("{}", problem.line()));
    } catch (RuntimeException e) {
      LOG.error("the configuration could not be followed; what was read before holds", e);
    }
  }

  private List<String> stamps() {
    var stamps = new ArrayList<String>();
    stamps.add(stamp(follow.file()));
    tables.forEach(table -> stamps.add(stamp(table)));
    return stamps;
  }

  private static String stamp(Path file) {
    try {
      return file + " " + Files.getLastModifiedTime(file) + " " + Files.size(file);
    } catch (IOException e) {
      return file + " is not there";
    }
  }

  /// What is being handed on is done then.
  @Override
  public void close() {
    thread.interrupt();
    try {
      thread.join(CLOSE);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
