package dev.tenure.admin;

import dev.tenure.http.Request;
import dev.tenure.http.Response;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// Answers that are asked for again and again: each has an entity tag, and who has it already is
/// told so, without the answer (RFC 9110 §13.1.2).
final class Watched {
  private static final String FIELD = "If-None-Match";

  private Watched() {}

  static Response answer(Request request, JsonNode body) {
    var text = body.toString();
    var tag = tag(text);
    var answer = has(request, tag) ? Response.of(304) : Response.json(200, text);
    return answer.with("ETag", tag).with("Cache-Control", "private, no-cache");
  }

  /// `*` stands for any answer that there is; a weak tag is as good as a strong one (§8.8.3.2).
  private static boolean has(Request request, String tag) {
    var fields = request.head().headers().fields().getOrDefault(FIELD, List.of());
    return Arrays.stream(String.join(",", fields).split(",", -1))
        .map(String::strip)
        .map(known -> known.startsWith("W/") ? known.substring(2) : known)
        .anyMatch(known -> known.equals("*") || known.equals(tag));
  }

  private static String tag(String text) {
    try {
      var digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return '"' + Base64.getUrlEncoder().withoutPadding().encodeToString(digest) + '"';
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
