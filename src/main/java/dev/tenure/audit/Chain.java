package dev.tenure.audit;

/// A chain up to its last row: `hash` is that of this row.
public record Chain(String log, Hash hash, Tree tree) {
  static Chain begin(String log) {
    return new Chain(log, Hash.ZERO, Tree.EMPTY);
  }

  /// The number of rows, which is the place of the last one.
  public long seq() {
    return tree.size();
  }

  /// With one more row, whose hash is this.
  Chain with(Hash row) {
    return new Chain(log, row, tree.with(row));
  }
}
