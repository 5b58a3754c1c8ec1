package dev.tenure.scim.message;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Answers with several resources (RFC 7644 §3.4.2; RFC 9865 §2).
public final class ListResponse {
  public static final String SCHEMA = "urn:ietf:params:scim:api:messages:2.0:ListResponse";

  private ListResponse() {}

  /// What stands beside the resources. `totalResults` counts all matches, `itemsPerPage` those of
  /// this page. `startIndex` is 1-based, and absent in pages by cursor.
  public record Head(
      long totalResults,
      int itemsPerPage,
      Optional<Integer> startIndex,
      Optional<String> previousCursor,
      Optional<String> nextCursor) {

    /// Of a page by number.
    public static Head numbered(long totalResults, int itemsPerPage, int startIndex) {
      return new Head(
          totalResults, itemsPerPage, Optional.of(startIndex), Optional.empty(), Optional.empty());
    }

    /// Of a page by cursor; the cursors are URL-safe text.
    public static Head beside(
        long totalResults, int itemsPerPage, Optional<String> previous, Optional<String> next) {
      return new Head(totalResults, itemsPerPage, Optional.empty(), previous, next);
    }
  }

  /// `totalResults` counts all matches, `startIndex` is 1-based.
  public static ObjectNode render(
      long totalResults, int startIndex, List<? extends ObjectNode> resources) {
    var message = JsonNodeFactory.instance.objectNode();
    message.putArray("schemas").add(SCHEMA);
    message.put("totalResults", totalResults).put("startIndex", startIndex);
    message.put("itemsPerPage", resources.size());
    message.putArray("Resources").addAll(resources);
    return message;
  }

  /// The same from documents that are JSON text already: they are joined, not parsed.
  public static String text(long totalResults, int startIndex, List<String> documents) {
    return text(Head.numbered(totalResults, documents.size(), startIndex), documents);
  }

  /// The same with any head.
  public static String text(Head head, List<String> documents) {
    var size = documents.stream().mapToInt(document -> document.length() + 1).sum();
    var text = new StringBuilder(size + 400);
    try {
      begin(head, text);
      for (int i = 0; i < documents.size(); i++) {
        if (i > 0) text.append(',');
        text.append(documents.get(i));
      }
      end(text);
    } catch (IOException e) {
      throw new AssertionError("a StringBuilder does not fail", e);
    }
    return text.toString();
  }

  /// Writes all that stands before the first resource; between two of them stands a comma.
  public static void begin(Head head, Appendable out) throws IOException {
    out.append("{\"schemas\":[\"").append(SCHEMA).append("\"],\"totalResults\":");
    out.append(Long.toString(head.totalResults()));
    if (head.startIndex().isPresent()) {
      out.append(",\"startIndex\":").append(Integer.toString(head.startIndex().get()));
    }
    out.append(",\"itemsPerPage\":").append(Integer.toString(head.itemsPerPage()));
    if (head.previousCursor().isPresent()) {
      out.append(",\"previousCursor\":\"").append(head.previousCursor().get()).append('"');
    }
    if (head.nextCursor().isPresent()) {
      out.append(",\"nextCursor\":\"").append(head.nextCursor().get()).append('"');
    }
    out.append(",\"Resources\":[");
  }

  /// Writes what stands after the last resource.
  public static void end(Appendable out) throws IOException {
    out.append("]}");
  }
}
