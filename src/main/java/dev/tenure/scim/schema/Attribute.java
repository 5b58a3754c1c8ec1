package dev.tenure.scim.schema;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// One attribute and its characteristics (RFC 7643 §2.2, §7).
///
/// `subAttributes` is empty unless `type` is `COMPLEX`; `canonicalValues` and `referenceTypes` may
/// be empty. `schema` is the URN of the schema that declares it (for a sub-attribute: of its
/// parent).
public record Attribute(
    String schema,
    String name,
    Type type,
    boolean multiValued,
    String description,
    boolean required,
    List<String> canonicalValues,
    boolean caseExact,
    Mutability mutability,
    Returned returned,
    Uniqueness uniqueness,
    List<String> referenceTypes,
    List<Attribute> subAttributes) {

  public Attribute {
    canonicalValues = List.copyOf(canonicalValues);
    referenceTypes = List.copyOf(referenceTypes);
    subAttributes = List.copyOf(subAttributes);
  }

  /// The sub-attribute of this name, in any letter case (RFC 7643 §2.1).
  public Optional<Attribute> sub(String subName) {
    return ResourceType.named(subAttributes, subName);
  }

  /// Whether no answer has it: `returned` is never, or it can only be written.
  public boolean isConcealed() {
    return returned == Returned.NEVER || mutability == Mutability.WRITE_ONLY;
  }

  /// Data types (RFC 7643 §2.3).
  public enum Type {
    STRING,
    BOOLEAN,
    DECIMAL,
    INTEGER,
    DATE_TIME,
    BINARY,
    REFERENCE,
    COMPLEX;

    /// As in `/Schemas`: `dateTime`, `string` …
    public String wire() {
      return this == DATE_TIME ? "dateTime" : name().toLowerCase(Locale.ROOT);
    }
  }

  /// Whether and when a client may write (RFC 7643 §2.2).
  public enum Mutability {
    READ_ONLY,
    READ_WRITE,
    IMMUTABLE,
    WRITE_ONLY
  }

  /// When an answer carries it (RFC 7643 §2.2).
  public enum Returned {
    ALWAYS,
    NEVER,
    DEFAULT,
    REQUEST
  }

  /// Where a value may stand only once (RFC 7643 §2.2).
  public enum Uniqueness {
    NONE,
    SERVER,
    GLOBAL
  }
}
