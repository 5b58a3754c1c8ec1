package dev.tenure.signal;

import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/// An event that waits in a stream. `id` grows, and is the order of the events of one subject;
/// `txn` is the same in all events of one change. `subject` is `Users/ID`, `Groups/ID` or, for
/// events about the stream, `stream`; `cause` is what the audit log calls the change.
public record Signal(
    long id,
    UUID txn,
    String subject,
    EventType type,
    Names names,
    Change change,
    String cause,
    Instant at,
    int attempts) {

  /// By what else the receiver may know the subject; `session` where only one of them ended.
  public record Names(
      Optional<String> externalId, Optional<String> email, Optional<UUID> session) {}

  /// What there is to tell: the version that the resource has now, the names of attributes that
  /// changed, members that came and went. `content` is, for events that tell it, the resource's
  /// document as JSON; for those about the stream a text.
  public record Change(
      Optional<Long> version,
      List<String> attributes,
      List<UUID> joined,
      List<UUID> parted,
      Optional<String> content) {
    public Change {
      attributes = List.copyOf(attributes);
      joined = List.copyOf(joined);
      parted = List.copyOf(parted);
    }
  }

  /// The name of a token (RFC 7519 §4.1.7): the same each time that the event is sent.
  public record TokenId(UUID txn, long id) {
    private static final Pattern FORM = Pattern.compile("([0-9a-f-]{36})\\.([0-9a-f]{16})");

    /// Absent where the text is no name that was ever given out.
    public static Optional<TokenId> parse(String text) {
      var parts = FORM.matcher(text);
      if (!parts.matches()) return Optional.empty();
      try {
        var txn = UUID.fromString(parts.group(1));
        return Optional.of(new TokenId(txn, HexFormat.fromHexDigitsToLong(parts.group(2))));
      } catch (IllegalArgumentException _) {
        return Optional.empty();
      }
    }

    @Override
    public String toString() {
      return txn + "." + HexFormat.of().toHexDigits(id);
    }
  }

  /// The id of the user or group that it is about.
  String resourceId() {
    return subject.substring(subject.indexOf('/') + 1);
  }

  public TokenId tokenId() {
    return new TokenId(txn, id);
  }
}
