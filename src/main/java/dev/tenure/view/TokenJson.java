package dev.tenure.view;

import dev.tenure.access.AdminToken;
import java.util.List;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Tokens of the admin API as JSON, without what is secret.
public final class TokenJson {
  private TokenJson() {}

  public static ObjectNode of(List<AdminToken> tokens) {
    var answer = JsonNodeFactory.instance.objectNode();
    var list = answer.putArray("tokens");
    tokens.forEach(token -> list.add(of(token)));
    return answer;
  }

  public static ObjectNode of(AdminToken token) {
    var node = JsonNodeFactory.instance.objectNode().put("token", token.name());
    node.put("role", token.role().word()).put("begins", token.prefix());
    node.put("madeAt", token.madeAt().toString());
    token.expiresAt().ifPresent(at -> node.put("expiresAt", at.toString()));
    token.lastSeen().ifPresent(at -> node.put("seenAt", at.toString()));
    return node;
  }
}
