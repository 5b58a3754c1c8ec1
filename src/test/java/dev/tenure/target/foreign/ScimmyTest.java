package dev.tenure.target.foreign;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// SCIMMY: a whole implementation of the protocol for Express.
class ScimmyTest extends ForeignContract {
  ScimmyTest() {
    super("scimmy");
  }

  /// So that [#whatGoesTogetherStandsOrFallsByItself] is about its Bulk.
  @Test
  void changesGoTogether() {
    assertThat(target().togetherMax()).isGreaterThan(10);
  }
}
