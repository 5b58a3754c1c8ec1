package dev.tenure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenure.config.Configuration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A configuration with mistakes changes nothing; the next one without does.
class ConfigWatchTest {
  private static final String GOOD = "organizations: {acme: {}}\n";

  @TempDir Path folder;

  @Test
  void onlyAConfigurationWithoutMistakesIsHandedOn() throws IOException, InterruptedException {
    var file = Files.writeString(folder.resolve("tenure.yaml"), GOOD);
    var read = new LinkedBlockingQueue<String>();
    var taken = new LinkedBlockingQueue<Settings>();
    Supplier<Settings> reader =
        () -> {
          try {
            return SettingsReader.read(Configuration.load(file, _ -> null));
          } finally {
            read.add("read");
          }
        };
    var follow = new ConfigWatch.Follow(file, reader, taken::add);
    try (var _ = ConfigWatch.start(follow, reader.get())) {
      read.clear();
      Files.writeString(file, "organisations: {acme: {}}\n");
      assertThat(read.poll(30, TimeUnit.SECONDS)).isNotNull();
      Files.writeString(file, "organizations: {acme: {}, other: {}}\n");
      var settings = taken.poll(30, TimeUnit.SECONDS);
      assertThat(settings).isNotNull().matches(s -> s.organizations().size() == 2);
      assertThat(taken).isEmpty();
    }
  }
}
