package dev.tenure.scim;

import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A request that is answered with an error (RFC 7644 §3.12). `getMessage` is the `detail` that the
/// client reads: it names what was found and what is allowed, and never a secret.
public final class ScimException extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private final int status;
  private final String detail;
  private final @Nullable ScimType type;
  private final transient Map<String, String> facts;

  public ScimException(int status, @Nullable ScimType type, String detail) {
    this(status, type, detail, Map.of());
  }

  private ScimException(
      int status, @Nullable ScimType type, String detail, Map<String, String> facts) {
    super(detail, null, false, false);
    this.status = status;
    this.detail = detail;
    this.type = type;
    this.facts = Map.copyOf(facts);
  }

  /// 400 with the given keyword.
  public static ScimException bad(ScimType type, String detail) {
    return new ScimException(400, type, detail);
  }

  /// The same with facts for the audit log, such as `attribute`, `value`, `holder` and `person` of
  /// a conflict; the client does not see them.
  public ScimException with(Map<String, String> newFacts) {
    return new ScimException(status, type, detail, newFacts);
  }

  /// What the audit log should have beyond the detail.
  public Map<String, String> facts() {
    return facts;
  }

  /// The HTTP status.
  public int status() {
    return status;
  }

  /// For the client to read; the same as the message.
  public String detail() {
    return detail;
  }

  /// The keyword, where the RFC has one for this error.
  public Optional<ScimType> type() {
    return Optional.ofNullable(type);
  }
}
