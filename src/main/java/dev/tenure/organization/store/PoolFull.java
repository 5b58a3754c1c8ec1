package dev.tenure.organization.store;

/// There is no free seat in a pool that gives none beyond those that were bought.
public final class PoolFull extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private final String sku;
  private final int seats;

  PoolFull(String sku, int seats) {
    super(sku, null, false, false);
    this.sku = sku;
    this.seats = seats;
  }

  public String sku() {
    return sku;
  }

  /// How many were bought.
  public int seats() {
    return seats;
  }
}
