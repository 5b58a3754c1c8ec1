package dev.tenure.scim;

/// The detail error keywords of RFC 7644 §3.12 and RFC 9865 §2.1, spelled as on the wire.
public enum ScimType {
  invalidFilter,
  tooMany,
  uniqueness,
  mutability,
  invalidSyntax,
  invalidPath,
  noTarget,
  invalidValue,
  invalidVers,
  sensitive,
  invalidCursor,
  expiredCursor,
  invalidCount
}
