package dev.tenure.trace;

import java.net.URI;
import java.util.Optional;

/// One span as it is kept.
public interface Recording {
  /// One step of this. `isRequest`: sent to another server.
  Recording child(String name, boolean isRequest);

  void set(String key, String value);

  void set(String key, long value);

  /// It ended badly; `type` says how, in few different words.
  void failed(String type);

  /// The id of the whole tree: 32 hexadecimal digits.
  String trace();

  /// The header field `traceparent` for a request to this address; absent where it gets none.
  Optional<String> parentFor(URI address);

  void end();
}
