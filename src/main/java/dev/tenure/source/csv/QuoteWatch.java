package dev.tenure.source.csv;

import java.io.FilterReader;
import java.io.IOException;
import java.io.Reader;

/// Follows the quotes of a CSV text as it is read, to tell at its end whether it was cut off: the
/// parser takes the end of the text for the end of an open quote.
final class QuoteWatch extends FilterReader {
  private enum State {
    FIELD_START,
    PLAIN,
    QUOTED,
    QUOTE_IN_QUOTED
  }

  private final char delimiter;
  private State state = State.FIELD_START;
  private int last = '\n';

  QuoteWatch(Reader in, char delimiter) {
    super(in);
    this.delimiter = delimiter;
  }

  /// Whether the text read so far ends inside a quoted field.
  boolean openQuote() {
    return state == State.QUOTED;
  }

  /// Whether the text read so far ends with a line.
  boolean endsWithLine() {
    return last == '\n' || last == '\r';
  }

  @Override
  public int read() throws IOException {
    int c = super.read();
    if (c >= 0) see((char) c);
    return c;
  }

  @Override
  public int read(char[] buffer, int from, int length) throws IOException {
    int n = super.read(buffer, from, length);
    for (int i = from; i < from + n; i++) see(buffer[i]);
    return n;
  }

  private void see(char c) {
    last = c;
    boolean ends = c == delimiter || c == '\n' || c == '\r';
    state =
        switch (state) {
          case FIELD_START -> c == '"' ? State.QUOTED : ends ? State.FIELD_START : State.PLAIN;
          case PLAIN -> ends ? State.FIELD_START : State.PLAIN;
          case QUOTED -> c == '"' ? State.QUOTE_IN_QUOTED : State.QUOTED;
          case QUOTE_IN_QUOTED -> c == '"' ? State.QUOTED : ends ? State.FIELD_START : State.PLAIN;
        };
  }
}
