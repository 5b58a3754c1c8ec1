package dev.tenure.audit;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;

/// The Merkle tree over the rows of a log (RFC 9162 §2.1), as far as it is needed to go on: the
/// roots of its perfect subtrees, the largest first. A tree of a million rows is 7 hashes.
public record Tree(long size, List<Hash> roots) {
  static final Tree EMPTY = new Tree(0, List.of());
  private static final byte[] LEAF = {0};
  private static final byte[] NODE = {1};

  public Tree {
    roots = List.copyOf(roots);
    if (roots.size() != Long.bitCount(size)) {
      throw new IllegalArgumentException("a tree of " + size + " has other subtrees");
    }
  }

  /// With one more row.
  Tree with(Hash row) {
    var more = new ArrayList<>(roots);
    var added = Hash.of(LEAF, row.bytes());
    for (var full = size; (full & 1) == 1; full >>= 1) {
      added = Hash.of(NODE, more.removeLast().bytes(), added.bytes());
    }
    more.add(added);
    return new Tree(size + 1, more);
  }

  /// The tree's hash; that of an empty one is the hash of nothing.
  Hash root() {
    if (roots.isEmpty()) return Hash.of();
    var root = roots.getLast();
    for (var left : roots.subList(0, roots.size() - 1).reversed()) {
      root = Hash.of(NODE, left.bytes(), root.bytes());
    }
    return root;
  }

  public byte[] bytes() {
    var out = new ByteArrayOutputStream();
    roots.forEach(root -> out.writeBytes(root.bytes()));
    return out.toByteArray();
  }

  public static Tree of(long size, byte[] bytes) {
    var roots = new ArrayList<Hash>();
    for (int i = 0; i < bytes.length; i += Hash.BYTES) {
      roots.add(Hash.ofBytes(java.util.Arrays.copyOfRange(bytes, i, i + Hash.BYTES)));
    }
    return new Tree(size, roots);
  }
}
