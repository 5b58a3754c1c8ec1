package dev.tenure.organization.store;

import java.util.List;

/// The values of a resource that no other one may have. `possible`: its type has attributes for
/// that; where it has none nothing is written.
public record Claims(boolean possible, List<Claim> all) {
  /// Of a type without unique attributes.
  public static final Claims NONE = new Claims(false, List.of());

  public Claims {
    all = List.copyOf(all);
  }

  /// A value: `attribute` with its URN, `key` as it is compared.
  public record Claim(String attribute, String key) {}
}
