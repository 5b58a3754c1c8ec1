package dev.tenure.scim.message;

import dev.tenure.scim.ScimException;
import java.util.Optional;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Error answers (RFC 7644 §3.12).
public final class ErrorMessage {
  public static final String SCHEMA = "urn:ietf:params:scim:api:messages:2.0:Error";

  private ErrorMessage() {}

  /// The answer to a request that failed so.
  public static ObjectNode render(ScimException failure) {
    return render(
        failure.status(), failure.type().map(Enum::name), String.valueOf(failure.getMessage()));
  }

  /// An error without one of the RFC's keywords.
  public static ObjectNode render(int status, String detail) {
    return render(status, Optional.empty(), detail);
  }

  /// `status` is a string on the wire (RFC 7644 §3.12).
  private static ObjectNode render(int status, Optional<String> keyword, String detail) {
    var message = JsonNodeFactory.instance.objectNode();
    message.putArray("schemas").add(SCHEMA);
    keyword.ifPresent(word -> message.put("scimType", word));
    return message.put("detail", detail).put("status", Integer.toString(status));
  }
}
