package dev.tenure.source.organization;

import dev.tenure.source.Feed.Cursor;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/// A place in an organization's log: the end of what was told in its chain, and the numbers of what
/// was told before it had its place there.
///
/// As a text it has only a digest of these numbers: who does not know them tells them again, and a
/// place with other numbers is never taken for this one.
record LogPlace(long seq, Set<Long> told) {
  private static final Pattern TEXT = Pattern.compile("([0-9]{1,18})(~[0-9a-f]{32})?");

  LogPlace {
    told = Set.copyOf(told);
  }

  static LogPlace at(long seq) {
    return new LogPlace(seq, Set.of());
  }

  /// The place without what was told beyond it.
  static Optional<LogPlace> parse(Cursor cursor) {
    var text = TEXT.matcher(cursor.value());
    return text.matches() ? Optional.of(at(Long.parseLong(text.group(1)))) : Optional.empty();
  }

  Cursor cursor() {
    return new Cursor(told.isEmpty() ? Long.toString(seq) : seq + "~" + digest());
  }

  private String digest() {
    try {
      var numbers = new TreeSet<>(told).toString().getBytes(StandardCharsets.US_ASCII);
      var whole = MessageDigest.getInstance("SHA-256").digest(numbers);
      return HexFormat.of().formatHex(whole, 0, 16);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
