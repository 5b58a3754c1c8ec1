package dev.tenure.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenure.audit.Verdict.Broken;
import dev.tenure.audit.Verdict.Intact;
import dev.tenure.scim.Law;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Whatever somebody does to an export, it is found, and the first row that is broken is named.
class TamperingLawTest {
  private static final int ROWS = 30;
  private static Logs logs;
  private static PublicKeys keys;
  private static byte[] export;
  private static List<String> lines;
  private static List<String> others;

  /// A log with a checkpoint in its middle and an erased row; and another log.
  @BeforeAll
  static void start() {
    logs = new Logs();
    logs.write(Logs.ACME, 1, ROWS / 2);
    logs.chain().sealWaiting();
    logs.write(Logs.ACME, ROWS / 2 + 1, ROWS);
    logs.node(Clock.offset(Clock.systemUTC(), Duration.ofHours(2))).sealWaiting();
    logs.chain().erase("p7", java.util.Optional.of(Logs.ACME));
    logs.write("organization/other", 1, ROWS);
    logs.chain().sealWaiting();
    keys = logs.chain().keys();
    export = logs.export(Logs.ACME);
    lines = Logs.lines(export);
    others = Logs.lines(logs.export("organization/other"));
  }

  @AfterAll
  static void stop() {
    logs.close();
  }

  @Test
  void whatWasNotTouchedIsIntact() {
    assertThat(Logs.verify(export, keys))
        .isInstanceOfSatisfying(
            Intact.class,
            intact -> {
              assertThat(intact.log()).isEqualTo(Logs.ACME);
              assertThat(intact.rows()).isEqualTo(ROWS + 1);
              assertThat(intact.erased()).isOne();
            });
    assertThat(lines.stream().filter(l -> l.contains("\"kind\":\"checkpoint\""))).hasSize(2);
  }

  @Test
  void anyChangedByteIsFound() {
    Law.holds(random -> {
      var bytes = export.clone();
      int at = random.nextInt(bytes.length);
      bytes[at] ^= (byte) (1 << random.nextInt(8));
      broken(bytes, atMost(line(at)));
    });
  }

  @Test
  void theSameSignatureInCapitalsIsFound() {
    var text = lines.getFirst();
    int at = text.indexOf("\"signature\":\"") + 13;
    var changed = new ArrayList<>(lines);
    changed.set(0, text.substring(0, at) + text.substring(at).toUpperCase(java.util.Locale.ROOT));
    broken(Logs.joined(changed), Long.MAX_VALUE);
  }

  @Test
  void anyRemovedLineIsFound() {
    for (int i = 0; i < lines.size(); i++) {
      var fewer = new ArrayList<>(lines);
      fewer.remove(i);
      broken(
          Logs.joined(fewer), lines.get(i).contains("\"kind\":\"row\"") ? seq(i) : Long.MAX_VALUE);
    }
  }

  @Test
  void anyInsertedOrMovedLineIsFound() {
    Law.holds(random -> {
      var more = new ArrayList<>(lines);
      int at = random.nextInt(more.size() + 1);
      switch (random.nextInt(3)) {
        case 0 -> more.add(at, lines.get(random.nextInt(lines.size())));
        case 1 -> more.add(at, others.get(random.nextInt(others.size())));
        default -> more.add(random.nextInt(more.size()), more.remove(random.nextInt(more.size())));
      }
      if (!more.equals(lines)) broken(Logs.joined(more), Long.MAX_VALUE);
    });
  }

  @Test
  void anyEndThatIsMissingIsFound() {
    Law.holds(random -> {
      int length = random.nextInt(export.length);
      broken(Arrays.copyOf(export, length), atMost(line(length)));
    });
    broken(
        (new String(export, java.nio.charset.StandardCharsets.UTF_8) + "x")
            .getBytes(java.nio.charset.StandardCharsets.UTF_8),
        Long.MAX_VALUE);
  }

  /// Who knows the format chains the rest anew; the signatures are what it takes.
  @Test
  void aRowThatIsChangedAndChainedAnewIsFoundByTheSignatures() {
    Law.holds(random -> {
      int row = 1 + random.nextInt(ROWS);
      var forged = forged(row, random);
      assertThat(Logs.verify(forged, keys))
          .isInstanceOfSatisfying(
              Broken.class, found -> assertThat(found.row()).isBetween(1L, (long) row));
    });
  }

  @Test
  void detailsThatAreTakenAwayWithoutAnErasureAreFound() {
    for (int i = 1; i < lines.size(); i++) {
      if (!(ExportLine.read(Hash.utf8(lines.get(i)), Logs.ACME) instanceof ExportLine.Row(var row))
          || row.details().isEmpty()) continue;
      var bare =
          new SealedRow(
              row.heading(), row.seq(), row.commitment(), row.hash(), java.util.Optional.empty());
      var changed = new ArrayList<>(lines);
      changed.set(i, new ExportLine.Row(bare).text());
      broken(Logs.joined(changed), Math.max(row.seq(), 1));
    }
  }

  @Test
  void theFirstLineOfAnotherExportDoesNotFit() {
    logs.write(Logs.ACME, ROWS + 1, ROWS + 1);
    logs.chain().sealWaiting();
    var changed = new ArrayList<>(lines);
    changed.set(0, Logs.lines(logs.export(Logs.ACME)).getFirst());
    broken(Logs.joined(changed), ROWS + 2);
    changed.set(0, others.getFirst());
    broken(Logs.joined(changed), 1);
  }

  @Test
  void keysOfSomebodyElseVerifyNothing() {
    try (var stranger = new Logs()) {
      assertThat(Logs.verify(export, stranger.chain().keys()))
          .isInstanceOfSatisfying(
              Broken.class, found -> assertThat(found.what()).contains("is not known"));
    }
  }

  /// All rows from this one on with another actor or detail, hashes and places right.
  private static byte[] forged(int from, RandomGenerator random) {
    var changed = new ArrayList<>(lines.subList(0, 1));
    var before = Hash.ZERO;
    for (var line : lines.subList(1, lines.size())) {
      var read = ExportLine.read(Hash.utf8(line), Logs.ACME);
      if (read instanceof ExportLine.Row(var row)) {
        var bent = row.seq() == from ? bent(row, random) : row;
        var hash = bent.after(before);
        read =
            new ExportLine.Row(
                new SealedRow(bent.heading(), bent.seq(), bent.commitment(), hash, bent.details()));
        before = hash;
      }
      changed.add(read.text());
    }
    return Logs.joined(changed);
  }

  private static SealedRow bent(SealedRow row, RandomGenerator random) {
    var heading = row.heading();
    if (row.details().isEmpty() || random.nextBoolean()) {
      var other =
          new SealedRow.Heading(
              heading.log(),
              heading.id(),
              heading.at(),
              "mallory",
              heading.action(),
              heading.correlation());
      return new SealedRow(other, row.seq(), row.commitment(), row.hash(), row.details());
    }
    var details = row.details().get();
    var other = new Details(details.salt(), "else", details.person(), details.detail());
    return new SealedRow(
        heading, row.seq(), other.commitment(), row.hash(), java.util.Optional.of(other));
  }

  private static void broken(byte[] bytes, long rowAtMost) {
    assertThat(Logs.verify(bytes, keys))
        .isInstanceOfSatisfying(
            Broken.class, found -> assertThat(found.row()).isLessThanOrEqualTo(rowAtMost));
  }

  /// The line that has this byte.
  private static int line(int at) {
    int line = 0;
    for (int i = 0; i < at; i++) if (export[i] == '\n') line++;
    return line;
  }

  /// A broken line is found no later than at the row of it, or the next one.
  private static long atMost(int line) {
    for (int i = line; i < lines.size(); i++) {
      if (lines.get(i).contains("\"kind\":\"row\"")) return seq(i);
    }
    return Long.MAX_VALUE;
  }

  private static long seq(int line) {
    return AuditJson.read(lines.get(line)).path("seq").asLong();
  }
}
