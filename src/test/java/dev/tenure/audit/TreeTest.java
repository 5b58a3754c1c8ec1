package dev.tenure.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The tree that grows row by row has the hash that RFC 9162 §2.1.1 defines from the top.
class TreeTest {
  private static final int ROWS = 200;

  @Test
  void theRootIsThatOfTheDefinition() {
    var rows = new ArrayList<Hash>();
    var tree = Tree.EMPTY;
    assertThat(tree.root().toString())
        .isEqualTo("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    for (int i = 0; i < ROWS; i++) {
      rows.add(Hash.of(Hash.utf8("row " + i)));
      tree = tree.with(rows.getLast());
      assertThat(tree.root()).isEqualTo(defined(rows));
      assertThat(Tree.of(tree.size(), tree.bytes())).isEqualTo(tree);
    }
  }

  private static Hash defined(List<Hash> rows) {
    if (rows.size() == 1) return Hash.of(new byte[] {0}, rows.getFirst().bytes());
    int left = Integer.highestOneBit(rows.size() - 1);
    return Hash.of(
        new byte[] {1},
        defined(rows.subList(0, left)).bytes(),
        defined(rows.subList(left, rows.size())).bytes());
  }
}
