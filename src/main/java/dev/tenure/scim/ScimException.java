package dev.tenure.scim;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A request that is answered with an error (RFC 7644 §3.12). `getMessage` is the `detail` that the
/// client reads: it names what was found and what is allowed, and never a secret.
public final class ScimException extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private final int status;
  private final String detail;
  private final @Nullable ScimType type;

  public ScimException(int status, @Nullable ScimType type, String detail) {
    super(detail, null, false, false);
    this.status = status;
    this.detail = detail;
    this.type = type;
  }

  /// 400 with the given keyword.
  public static ScimException bad(ScimType type, String detail) {
    return new ScimException(400, type, detail);
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
