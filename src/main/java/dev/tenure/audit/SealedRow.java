package dev.tenure.audit;

import java.time.Instant;
import java.util.Optional;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// A row in its place in the chain: `seq` counts from 1. Without `details` they were erased.
public record SealedRow(
    Heading heading, long seq, Hash commitment, Hash hash, Optional<Details> details) {
  private static final String FORMAT = "tenure-audit-row/1";

  /// The part of a row that tells of no person. `id` is the row's own number, which has gaps.
  public record Heading(
      String log, long id, Instant at, String actor, String action, String correlation) {}

  /// What the hash must be after a row with this hash.
  Hash after(Hash before) {
    return hash(before, heading, seq, commitment);
  }

  static Hash hash(Hash before, Heading heading, long seq, Hash commitment) {
    var content = JsonNodeFactory.instance.arrayNode().add(FORMAT).add(heading.log()).add(seq);
    content.add(heading.id()).add(Canonical.time(heading.at())).add(heading.actor());
    content.add(heading.action()).add(heading.correlation()).add(commitment.toString());
    return Hash.of(before.bytes(), Hash.utf8(Canonical.text(content)));
  }

  /// Its line in an export.
  ObjectNode render() {
    var line = JsonNodeFactory.instance.objectNode();
    line.put("kind", "row").put("seq", seq).put("id", heading.id());
    line.put("at", Canonical.time(heading.at())).put("actor", heading.actor());
    line.put("action", heading.action()).put("correlation", heading.correlation());
    line.put("commitment", commitment.toString()).put("hash", hash.toString());
    details.ifPresentOrElse(d -> d.render(line), () -> line.put("erased", true));
    return line;
  }
}
