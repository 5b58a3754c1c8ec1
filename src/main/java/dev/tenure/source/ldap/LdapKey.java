package dev.tenure.source.ldap;

import com.unboundid.ldap.sdk.Entry;
import dev.tenure.id.PersonKey;
import dev.tenure.source.Intake;
import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/// Makes the key of an entry. The binary `objectGUID` of Active Directory becomes its usual text:
/// the first three fields are little-endian ([MS-DTYP] 2.3.4).
final class LdapKey {
  private static final int GUID_BYTES = 16;

  private LdapKey() {}

  static Optional<PersonKey> of(Entry entry, String attribute) {
    var bytes = entry.getAttributeValueBytes(attribute);
    if (bytes == null) return Optional.empty();
    if (attribute.toLowerCase(Locale.ROOT).endsWith("guid") && bytes.length == GUID_BYTES) {
      return Optional.of(new PersonKey(guid(bytes)));
    }
    return Optional.ofNullable(entry.getAttributeValue(attribute)).flatMap(Intake::key);
  }

  static String guid(byte[] bytes) {
    var mixed = ByteBuffer.wrap(bytes);
    long high =
        (Integer.toUnsignedLong(Integer.reverseBytes(mixed.getInt())) << 32)
            | ((long) Short.toUnsignedInt(Short.reverseBytes(mixed.getShort())) << 16)
            | Short.toUnsignedInt(Short.reverseBytes(mixed.getShort()));
    return new UUID(high, mixed.getLong()).toString();
  }
}
