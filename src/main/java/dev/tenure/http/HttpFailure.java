package dev.tenure.http;

/// A request that HTTP itself refuses (400, 404, 405, 413). `getMessage` is for the client to read.
public final class HttpFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private final int status;

  public HttpFailure(int status, String detail) {
    super(detail, null, false, false);
    this.status = status;
  }

  public int status() {
    return status;
  }
}
