package dev.tenure.reconcile;

import dev.tenure.config.Section;

/// Section `reconcile` of a flow. Below `confidence` (0 to 1) no proposal is accepted without a
/// decision on that very conflict; 1: only where everything agrees.
public record ReconcileConfig(double confidence) {
  public static final ReconcileConfig USUAL = new ReconcileConfig(1);

  public static ReconcileConfig read(Section section) {
    return new ReconcileConfig(section.share("confidence", USUAL.confidence()));
  }
}
