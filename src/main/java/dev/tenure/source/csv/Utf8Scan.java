package dev.tenure.source.csv;

/// Counts the characters beyond ASCII that are right UTF-8, and the bytes that are not.
final class Utf8Scan {
  private int missing;
  private long right;
  private long wrong;
  private long line = 1;
  private long wrongLine;

  void see(byte[] bytes, int count) {
    for (int i = 0; i < count; i++) {
      int b = bytes[i];
      if (b >= 0 && missing == 0) {
        if (b == '\n') line++;
      } else {
        seeBeyond(b & 0xFF);
      }
    }
  }

  private void seeBeyond(int b) {
    boolean continues = b >= 0x80 && b <= 0xBF;
    if (missing > 0 && continues) {
      if (--missing == 0) right++;
      return;
    }
    if (missing > 0) note();
    missing = 0;
    int length = b < 0x80 ? 1 : b < 0xC2 ? 0 : b < 0xE0 ? 2 : b < 0xF0 ? 3 : b < 0xF5 ? 4 : 0;
    if (length == 0) note();
    else missing = length - 1;
    if (b == '\n') line++;
  }

  private void note() {
    if (wrong++ == 0) wrongLine = line;
  }

  long right() {
    return right;
  }

  /// A character that was begun and not ended counts, too.
  long wrong() {
    return missing > 0 ? wrong + 1 : wrong;
  }

  /// The line of the first wrong one.
  long wrongLine() {
    return wrongLine;
  }
}
