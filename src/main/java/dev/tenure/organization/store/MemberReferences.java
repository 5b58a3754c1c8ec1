package dev.tenure.organization.store;

import java.nio.ByteBuffer;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Members of a group as they were read: `ids` in their order, sixteen bytes each; `nested` has
/// those that are groups.
record MemberReferences(ByteBuffer ids, Set<UUID> nested) {
  private static final int ID_BYTES = 16;

  /// More than one reference takes beside its address.
  private static final int REFERENCE_CHARACTERS = 130;

  /// From the columns `ids` and `nested`, each null where there are none.
  static MemberReferences of(ResultSet row) throws SQLException {
    var nested = buffer(row.getBytes("nested"));
    var groups = new HashSet<UUID>();
    while (nested.hasRemaining()) groups.add(id(nested));
    return new MemberReferences(buffer(row.getBytes("ids")), groups);
  }

  private static ByteBuffer buffer(byte @Nullable [] bytes) {
    return ByteBuffer.wrap(bytes == null ? new byte[0] : bytes);
  }

  private static UUID id(ByteBuffer bytes) {
    return new UUID(bytes.getLong(), bytes.getLong());
  }

  int size() {
    return ids.limit() / ID_BYTES;
  }

  UUID last() {
    return id(ids.duplicate().position(ids.limit() - ID_BYTES));
  }

  /// As JSON objects with commas between them; `base` starts their addresses.
  String text(String base) {
    var text = new StringBuilder(size() * (REFERENCE_CHARACTERS + base.length()));
    var left = ids.duplicate();
    while (left.hasRemaining()) {
      var id = id(left);
      boolean group = nested.contains(id);
      if (!text.isEmpty()) text.append(',');
      text.append("{\"value\":\"").append(id).append("\",\"$ref\":\"").append(base);
      text.append(group ? "/Groups/" : "/Users/").append(id);
      text.append(group ? "\",\"type\":\"Group\"}" : "\",\"type\":\"User\"}");
    }
    return text.toString();
  }
}
