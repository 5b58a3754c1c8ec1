package dev.tenure.licence;

import java.time.LocalDate;

/// A pool as it was last seen on a day (UTC).
public record Day(
    String sku, LocalDate day, long seats, long used, long reserved, long reclaimable) {}
