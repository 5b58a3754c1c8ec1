package dev.tenure.http;

import java.util.List;

/// A request that HTTP itself refuses (400, 404, 405, 408, 413). `getMessage` is for the client to
/// read.
public final class HttpFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private final int status;
  private final String detail;
  private final List<String> allowed;

  public HttpFailure(int status, String detail) {
    this(status, detail, List.of());
  }

  /// With the methods that are possible, for 405.
  public HttpFailure(int status, String detail, List<String> allowed) {
    super(detail, null, false, false);
    this.status = status;
    this.detail = detail;
    this.allowed = List.copyOf(allowed);
  }

  public int status() {
    return status;
  }

  /// The methods of `Allow`; none but for 405.
  public List<String> allowed() {
    return allowed;
  }

  /// For the client to read; the same as the message.
  public String detail() {
    return detail;
  }
}
