package dev.tenure.http;

/// A request that HTTP itself refuses (400, 404, 405, 413). `getMessage` is for the client to read.
public final class HttpFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private final int status;
  private final String detail;

  public HttpFailure(int status, String detail) {
    super(detail, null, false, false);
    this.status = status;
    this.detail = detail;
  }

  public int status() {
    return status;
  }

  /// For the client to read; the same as the message.
  public String detail() {
    return detail;
  }
}
