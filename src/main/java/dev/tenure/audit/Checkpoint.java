package dev.tenure.audit;

import java.time.Instant;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// A signed statement: this log had `seq` rows, its last row this `hash` and its tree this `root`.
/// `key` is the id of the key, `signature` Ed25519 in hexadecimal. An export also says how many
/// `checkpoints` stand between its rows; otherwise that is 0.
public record Checkpoint(
    Purpose purpose,
    String log,
    long seq,
    Hash hash,
    Hash root,
    long checkpoints,
    Instant at,
    String key,
    String signature) {

  /// What it is said for. A checkpoint from the middle of a log cannot pass for the end of an
  /// export: the signed text differs.
  public enum Purpose {
    CHECKPOINT,
    EXPORT;

    String kind() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  /// A checkpoint of this chain, signed now.
  static Checkpoint sign(Chain chain, SigningKey key, Instant at) {
    return of(Purpose.CHECKPOINT, chain, 0).signed(key, at);
  }

  /// How an export of this chain ends, signed now.
  static Checkpoint export(Chain chain, long checkpoints, SigningKey key, Instant at) {
    return of(Purpose.EXPORT, chain, checkpoints).signed(key, at);
  }

  private static Checkpoint of(Purpose purpose, Chain chain, long checkpoints) {
    var root = chain.tree().root();
    return new Checkpoint(
        purpose, chain.log(), chain.seq(), chain.hash(), root, checkpoints, Instant.EPOCH, "", "");
  }

  private Checkpoint signed(SigningKey by, Instant now) {
    var unsigned = new Checkpoint(purpose, log, seq, hash, root, checkpoints, now, by.id(), "");
    var made = by.sign(unsigned.content());
    return new Checkpoint(purpose, log, seq, hash, root, checkpoints, now, by.id(), made);
  }

  /// What is signed.
  byte[] content() {
    return Hash.utf8(
        String.join(
            "\n",
            "tenure-audit-" + purpose.kind() + "/1",
            log,
            Long.toString(seq),
            hash.toString(),
            root.toString(),
            Long.toString(checkpoints),
            Canonical.time(at),
            key));
  }

  /// Whether the chain is what it says.
  boolean fits(Chain chain) {
    return log.equals(chain.log())
        && seq == chain.seq()
        && hash.equals(chain.hash())
        && root.equals(chain.tree().root());
  }

  /// Its line in an export.
  ObjectNode render() {
    var line = JsonNodeFactory.instance.objectNode();
    line.put("kind", purpose.kind()).put("log", log).put("seq", seq);
    line.put("hash", hash.toString()).put("root", root.toString());
    if (purpose == Purpose.EXPORT) line.put("checkpoints", checkpoints);
    line.put("at", Canonical.time(at)).put("key", key);
    return line.put("signature", signature);
  }
}
