package dev.tenure.source.ldap;

import com.unboundid.ldap.sdk.Entry;
import dev.tenure.id.PersonKey;
import dev.tenure.source.Intake;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/// Makes the key of an entry, and text of the binary ids of Active Directory.
final class LdapKey {
  private static final int GUID_BYTES = 16;
  private static final int SID_HEAD = 8;

  private LdapKey() {}

  static Optional<PersonKey> of(Entry entry, String attribute) {
    var bytes = entry.getAttributeValueBytes(attribute);
    if (bytes == null) return Optional.empty();
    if (isGuid(attribute, bytes)) return Optional.of(new PersonKey(guid(bytes)));
    return Optional.ofNullable(entry.getAttributeValue(attribute)).flatMap(Intake::key);
  }

  static boolean isGuid(String attribute, byte[] value) {
    return value.length == GUID_BYTES && attribute.toLowerCase(Locale.ROOT).endsWith("guid");
  }

  /// The usual text of a GUID: the first three fields are little-endian ([MS-DTYP] 2.3.4).
  static String guid(byte[] bytes) {
    return mixed(ByteBuffer.wrap(bytes)).toString();
  }

  /// The bytes of such a text. Throws [IllegalArgumentException] where it is none.
  static byte[] bytes(String guid) {
    var uuid = UUID.fromString(guid);
    var plain = ByteBuffer.allocate(GUID_BYTES);
    plain.putLong(uuid.getMostSignificantBits()).putLong(uuid.getLeastSignificantBits()).flip();
    var back = mixed(plain);
    return ByteBuffer.allocate(GUID_BYTES)
        .putLong(back.getMostSignificantBits())
        .putLong(back.getLeastSignificantBits())
        .array();
  }

  private static UUID mixed(ByteBuffer bytes) {
    long high =
        (Integer.toUnsignedLong(Integer.reverseBytes(bytes.getInt())) << 32)
            | ((long) Short.toUnsignedInt(Short.reverseBytes(bytes.getShort())) << 16)
            | Short.toUnsignedInt(Short.reverseBytes(bytes.getShort()));
    return new UUID(high, bytes.getLong());
  }

  /// The SID of an entry as `S-1-5-21-…` ([MS-DTYP] 2.4.2).
  static Optional<String> sid(Entry entry) {
    var bytes = entry.getAttributeValueBytes("objectSid");
    return bytes == null || bytes.length < SID_HEAD ? Optional.empty() : Optional.of(sid(bytes));
  }

  static String sid(byte[] bytes) {
    long authority = ByteBuffer.wrap(bytes).getLong() & 0xFFFF_FFFF_FFFFL;
    var text = new StringBuilder("S-" + bytes[0] + "-" + authority);
    var parts = ByteBuffer.wrap(bytes, SID_HEAD, bytes.length - SID_HEAD);
    parts.order(ByteOrder.LITTLE_ENDIAN);
    while (parts.remaining() >= Integer.BYTES) {
      text.append('-').append(Integer.toUnsignedLong(parts.getInt()));
    }
    return text.toString();
  }

  /// The SID of the primary group, which lists nobody: it is in the domain of the person ([MS-ADA3]
  /// 2.120).
  static Optional<String> primaryGroup(Entry person) {
    var id = person.getAttributeValue("primaryGroupID");
    if (id == null) return Optional.empty();
    return sid(person).map(sid -> sid.substring(0, sid.lastIndexOf('-') + 1) + id);
  }
}
