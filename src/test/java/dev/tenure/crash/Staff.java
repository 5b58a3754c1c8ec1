package dev.tenure.crash;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/// Who works here, as a file says it. Who left never comes back.
final class Staff {
  /// As an account should be: what it is called, and whether it is open.
  record Standing(String title, boolean active) {}

  private static final double LEAVES = 0.1;
  private static final double IS_PROMOTED = 0.4;
  private static final double JOINS = 0.1;

  private final TreeMap<String, Standing> standings = new TreeMap<>();
  private final Path file;

  Staff(Path file) {
    this.file = file;
  }

  /// What each account should be like, by userName.
  Map<String, Standing> standings() {
    return standings;
  }

  void hire(int count) {
    for (var i = 0; i < count; i++) {
      standings.put("p%06d@example.com".formatted(standings.size()), new Standing("Agent", true));
    }
    publish();
  }

  /// Another day: some leave, some get another title, some join.
  void goOn(RandomGenerator random) {
    var present = standings.values().stream().filter(Standing::active).count();
    standings.replaceAll((_, standing) -> another(standing, random));
    hire((int) Math.ceil(present * JOINS));
  }

  /// Everybody gets another title, but for this many, who leave.
  void reorganize(int leaving) {
    var left = new AtomicInteger(leaving);
    standings.replaceAll((_, standing) -> {
      if (!standing.active()) return standing;
      return left.getAndDecrement() > 0
          ? new Standing(standing.title(), false)
          : new Standing(standing.title() + " of the new division", true);
    });
    publish();
  }

  /// One more leaves at once, whatever else goes on; gives who that is.
  String dismiss() {
    var last = standings.lastEntry();
    standings.put(last.getKey(), new Standing(last.getValue().title(), false));
    publish();
    return last.getKey();
  }

  private static Standing another(Standing standing, RandomGenerator random) {
    if (!standing.active()) return standing;
    var drawn = random.nextDouble();
    if (drawn < LEAVES) return new Standing(standing.title(), false);
    if (drawn < IS_PROMOTED) return new Standing("Agent " + random.nextInt(1_000_000), true);
    return standing;
  }

  /// At once: nobody ever sees half of the file.
  private void publish() {
    var rows =
        standings.entrySet().stream()
            .filter(person -> person.getValue().active())
            .map(person -> person.getKey() + "," + person.getValue().title() + "\n")
            .collect(Collectors.joining());
    var next = file.resolveSibling(file.getFileName() + ".next");
    try {
      Files.writeString(next, "mail,title\n" + rows);
      Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
