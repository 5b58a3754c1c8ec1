package dev.tenure.source.ldap;

import com.unboundid.asn1.ASN1OctetString;
import dev.tenure.source.Feed.Cursor;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/// The places of a feed, as they are written: words with blanks between them.
sealed interface LdapCursor {
  /// A DirSync cookie. `all`: the login has the right to see all changes. `expiries` is the time up
  /// to which accounts that expired were told.
  record DirSync(boolean all, Instant expiries, ASN1OctetString cookie) implements LdapCursor {
    @Override
    public Cursor written() {
      return words("dirsync", all ? "all" : "seen", expiries.getEpochSecond() + "", text(cookie));
    }
  }

  /// The highest `uSNChanged` that was told, in the database that `invocation` names.
  record Usn(String invocation, Instant expiries, long usn) implements LdapCursor {
    @Override
    public Cursor written() {
      return words("usn", invocation, expiries.getEpochSecond() + "", usn + "");
    }
  }

  /// The cookies (RFC 4533) of the searches for people and for groups.
  record Sync(ASN1OctetString people, ASN1OctetString groups) implements LdapCursor {
    @Override
    public Cursor written() {
      return words("syncrepl", text(people), text(groups));
    }
  }

  Cursor written();

  /// Empty where this is no such place.
  static Optional<LdapCursor> read(Cursor cursor) {
    var words = List.of(cursor.value().split(" ", -1));
    try {
      return switch (words.getFirst()) {
        case "dirsync" ->
            Optional.of(
                new DirSync(words.get(1).equals("all"), time(words.get(2)), bytes(words.get(3))));
        case "usn" ->
            Optional.of(new Usn(words.get(1), time(words.get(2)), Long.parseLong(words.get(3))));
        case "syncrepl" -> Optional.of(new Sync(bytes(words.get(1)), bytes(words.get(2))));
        default -> Optional.empty();
      };
    } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
      return Optional.empty();
    }
  }

  private static Cursor words(String... words) {
    return new Cursor(String.join(" ", words));
  }

  private static Instant time(String seconds) {
    return Instant.ofEpochSecond(Long.parseLong(seconds));
  }

  private static String text(ASN1OctetString bytes) {
    return Base64.getEncoder().encodeToString(bytes.getValue());
  }

  private static ASN1OctetString bytes(String text) {
    return new ASN1OctetString(Base64.getDecoder().decode(text));
  }
}
