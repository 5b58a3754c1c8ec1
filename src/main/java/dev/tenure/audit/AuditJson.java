package dev.tenure.audit;

import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Reads JSON without losing a digit, up to what PostgreSQL keeps in a `jsonb`.
public final class AuditJson {
  private static final int NUMBER_MAX = 200_000;
  private static final int TEXT_MAX = 1 << 28;
  private static final int DEPTH_MAX = 5_000;

  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNumberLength(NUMBER_MAX)
                          .maxNameLength(TEXT_MAX)
                          .maxStringLength(TEXT_MAX)
                          .maxNestingDepth(DEPTH_MAX)
                          .build())
                  .build())
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private AuditJson() {}

  /// Throws [tools.jackson.core.JacksonException] for what is not one JSON value.
  public static JsonNode read(String text) {
    return MAPPER.readTree(text);
  }

  /// The same of UTF-8.
  static JsonNode read(byte[] text) {
    return MAPPER.readTree(text);
  }
}
