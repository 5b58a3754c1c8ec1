package dev.tenure.signal.http;

import dev.tenure.http.HttpFailure;
import dev.tenure.http.Request;
import dev.tenure.http.Response;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// JSON as receivers send and get it: bounded in depth and length, no name twice.
final class Json {
  private static final int DEPTH_MAX = 16;
  private static final int TEXT_CHARACTERS_MAX = 100_000;
  private static final int NUMBER_DIGITS_MAX = 20;

  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(DEPTH_MAX)
                          .maxStringLength(TEXT_CHARACTERS_MAX)
                          .maxNumberLength(NUMBER_DIGITS_MAX)
                          .build())
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private Json() {}

  /// The body, which must be a JSON object; throws 400.
  static ObjectNode object(Request request) {
    return object(request.body());
  }

  /// Throws 400 for anything but a JSON object.
  static ObjectNode object(byte[] body) {
    try {
      if (MAPPER.readTree(body) instanceof ObjectNode object) return object;
    } catch (JacksonException e) {
      throw new HttpFailure(400, "the body is not the JSON that is understood here");
    }
    throw new HttpFailure(400, "the body must be a JSON object");
  }

  /// A member that must be a text where it stands; throws 400. `null` counts as absent.
  static Optional<String> text(JsonNode object, String name) {
    var value = object.path(name);
    if (value.isMissingNode() || value.isNull()) return Optional.empty();
    if (value.isString()) return Optional.of(value.stringValue());
    throw new HttpFailure(400, name + " must be a text");
  }

  /// A member that must be there; throws 400.
  static String required(JsonNode object, String name) {
    return text(object, name).orElseThrow(() -> new HttpFailure(400, name + " is missing"));
  }

  /// An answer that no cache may keep.
  static Response answer(int status, JsonNode body) {
    return Response.json(status, body.toString()).with("Cache-Control", "no-store");
  }

  /// An answer without a body.
  static Response answer(int status) {
    return Response.of(status).with("Cache-Control", "no-store");
  }
}
