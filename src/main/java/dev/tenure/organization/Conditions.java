package dev.tenure.organization;

import dev.tenure.config.Section;
import dev.tenure.http.AddressRange;
import dev.tenure.http.ServerConfig;
import dev.tenure.http.Tls;
import dev.tenure.organization.oauth.KeySet;
import dev.tenure.organization.store.CredentialStore.ClientRow;
import dev.tenure.problem.Code;
import java.security.cert.CertificateException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What holds for a client beside its secrets: `addresses` that it may come from (none: all), the
/// thumbprints of `certificates` of which its connection must have one (none: no matter), its
/// public `keys`, a JWK set, for assertions, and what its PATCH requests are answered with: 200 and
/// the resource, or 204.
public record Conditions(
    List<AddressRange> addresses,
    List<String> certificates,
    Optional<String> keys,
    int patchStatus) {
  static final int PATCH_ANSWERED = 200;
  private static final List<Integer> PATCH_STATUSES = List.of(PATCH_ANSWERED, 204);
  public static final Conditions NONE =
      new Conditions(List.of(), List.of(), Optional.empty(), PATCH_ANSWERED);

  public Conditions {
    addresses = List.copyOf(addresses);
    certificates = List.copyOf(certificates);
  }

  /// Whether a client can prove with these alone who it is.
  public boolean isProof() {
    return !certificates.isEmpty() || keys.isPresent();
  }

  /// `keys` is a JWK or a JWK set. Throws [IllegalArgumentException] where that has none, or a
  /// private one.
  public static Conditions of(
      List<AddressRange> addresses, List<String> certificates, Optional<String> keys) {
    return new Conditions(
        addresses, certificates, keys.map(text -> KeySet.parse(text).json()), PATCH_ANSWERED);
  }

  /// Reads `addresses`, `certificates` (PEM texts) and `keys` (a JWK or a JWK set).
  static Conditions read(Section section) {
    return new Conditions(
        ServerConfig.ranges(section, "addresses"),
        certificates(section),
        section.optionalText("keys").flatMap(text -> keys(section, text)),
        patchStatus(section));
  }

  private static int patchStatus(Section section) {
    var status = section.count("patch", PATCH_ANSWERED);
    section.require(PATCH_STATUSES.contains(status), "patch", "must be 200 or 204");
    return status;
  }

  private static List<String> certificates(Section section) {
    var thumbprints = new ArrayList<String>();
    for (var pem : section.texts("certificates")) {
      try {
        thumbprints.addAll(Tls.thumbprints(pem));
      } catch (CertificateException e) {
        section.problem(
            "certificates",
            Code.CONFIG_VALUE,
            "not a certificate: " + e.getMessage(),
            "give a PEM file, such as ${file:client.pem}");
      }
    }
    return thumbprints;
  }

  private static Optional<String> keys(Section section, String text) {
    try {
      return Optional.of(KeySet.parse(text).json());
    } catch (IllegalArgumentException e) {
      section.problem(
          "keys",
          Code.CONFIG_VALUE,
          "no public keys: " + e.getMessage(),
          "give a JWK set with public keys, such as ${file:keys.json}");
      return Optional.empty();
    }
  }

  static Conditions of(ClientRow client) {
    var addresses = client.addresses().stream().flatMap(r -> AddressRange.parse(r).stream());
    return new Conditions(
        addresses.toList(),
        client.certificates(),
        Optional.ofNullable(client.keys()),
        client.patchStatus());
  }

  /// The addresses, as they are written.
  public List<String> ranges() {
    return addresses.stream().map(AddressRange::toString).toList();
  }

  ClientRow row(String name, ClientRole role, List<String> scopes, boolean declared) {
    return new ClientRow(
        name,
        role.title(),
        scopes,
        ranges(),
        certificates,
        keys.orElse(null),
        patchStatus,
        declared,
        false);
  }
}
