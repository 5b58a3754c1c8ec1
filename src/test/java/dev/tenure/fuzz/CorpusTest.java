package dev.tenure.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Replays all that is in the corpus of `./fuzz`, in the ordinary test run.
class CorpusTest {
  private static final Path CORPUS =
      Path.of("src/test/resources/dev/tenure/fuzz/ScimFuzzTestInputs");
  private static final int SEEDS_MIN = 20;

  /// Far above what the worst of them takes: a bound for what would hang.
  private static final Duration LONGEST = Duration.ofSeconds(30);

  @ParameterizedTest
  @EnumSource
  void theLawsHoldForAllOfTheCorpus(Target target) throws IOException {
    var inputs = inputs(target);
    assertThat(inputs).hasSizeGreaterThanOrEqualTo(SEEDS_MIN);
    target.accept(new byte[0]);
    for (var input : inputs) {
      var bytes = Files.readAllBytes(input);
      Assertions.assertTimeoutPreemptively(
          LONGEST, () -> target.accept(bytes), input.getFileName().toString());
    }
  }

  private static List<Path> inputs(Target target) throws IOException {
    try (var files = Files.list(CORPUS.resolve(target.directory()))) {
      return files.sorted(Comparator.comparing(Path::toString)).toList();
    }
  }
}
