package dev.tenure.deliver;

import dev.tenure.id.AccountId;
import dev.tenure.scim.Resource;
import dev.tenure.target.Account;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Accounts as they are kept: what is read back is what was seen.
public final class ObservedJson {
  /// A NUL as JSON has it, after none or an even number of other backslashes.
  private static final Pattern NUL = Pattern.compile("(?<!\\\\)((?:\\\\\\\\)*)\\\\u0000");

  private ObservedJson() {}

  /// `{"account","version","active","digest","resource"}`.
  public static ObjectNode of(Account account) {
    var resource = account.resource().view();
    var row = JsonNodeFactory.instance.objectNode();
    row.put("account", account.id().value());
    account.version().ifPresent(v -> row.put("version", v));
    row.put("active", account.isActive());
    row.put("digest", digest(account).toString());
    row.set("resource", storable(resource));
    return row;
  }

  /// PostgreSQL keeps no NUL.
  private static ObjectNode storable(ObjectNode resource) {
    var text = resource.toString();
    if (!text.contains("\\u0000")) return resource;
    return (ObjectNode) ChangeJson.parse(NUL.matcher(text).replaceAll("$1\\\\ufffd"));
  }

  /// 128 bits that differ where the resources or their versions do.
  public static UUID digest(Account account) {
    var text = account.version().orElse("") + "\n" + account.resource().view();
    try {
      var hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      var bytes = ByteBuffer.wrap(hash);
      return new UUID(bytes.getLong(), bytes.getLong());
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java has SHA-256", e);
    }
  }

  /// The account of a row.
  public static Account account(String id, @Nullable String version, String resource) {
    return new Account(
        new AccountId(id),
        Optional.ofNullable(version),
        Resource.of((ObjectNode) ChangeJson.parse(resource)));
  }
}
