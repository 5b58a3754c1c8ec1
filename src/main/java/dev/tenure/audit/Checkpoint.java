package dev.tenure.audit;

import java.time.Instant;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// A signed statement: this log had `seq` rows, its last row this `hash` and its tree this `root`.
/// `key` is the id of the key, `signature` Ed25519 in hexadecimal.
public record Checkpoint(
    Purpose purpose,
    String log,
    long seq,
    Hash hash,
    Hash root,
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

  /// Signed now.
  static Checkpoint sign(Purpose purpose, Chain chain, SigningKey key, Instant at) {
    var unsigned =
        new Checkpoint(
            purpose, chain.log(), chain.seq(), chain.hash(), chain.tree().root(), at, key.id(), "");
    return unsigned.signed(key.sign(unsigned.content()));
  }

  private Checkpoint signed(String newSignature) {
    return new Checkpoint(purpose, log, seq, hash, root, at, key, newSignature);
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
    line.put("at", Canonical.time(at)).put("key", key);
    return line.put("signature", signature);
  }
}
