package dev.tenure.organization;

import dev.tenure.http.AddressRange;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// From where a client may come, and with which certificates: one of these where there are any.
/// Certificates are given by their thumbprints (RFC 8705 §3.1).
public record Admission(List<AddressRange> addresses, Set<String> certificates) {
  /// For whoever has a valid credential.
  public static final Admission FREE = new Admission(List.of(), Set.of());

  public Admission {
    addresses = List.copyOf(addresses);
    certificates = Set.copyOf(certificates);
  }

  /// Where a request came from, and with which certificate, if any.
  public record Visit(String address, Optional<String> certificate) {}

  /// Why a visit is not let in.
  public enum Refusal {
    ADDRESS,
    CERTIFICATE
  }

  /// Absent where it is let in.
  public Optional<Refusal> refusal(Visit visit) {
    boolean here = addresses.stream().anyMatch(range -> range.contains(visit.address()));
    if (!addresses.isEmpty() && !here) return Optional.of(Refusal.ADDRESS);
    boolean shown = visit.certificate().filter(certificates::contains).isPresent();
    return certificates.isEmpty() || shown ? Optional.empty() : Optional.of(Refusal.CERTIFICATE);
  }

  static Admission of(List<String> addresses, Set<String> certificates) {
    return new Admission(
        addresses.stream().flatMap(range -> AddressRange.parse(range).stream()).toList(),
        certificates);
  }
}
