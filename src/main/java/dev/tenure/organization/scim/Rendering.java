package dev.tenure.organization.scim;

import dev.tenure.http.Response;
import dev.tenure.organization.oauth.Answers;
import dev.tenure.organization.store.StoredResource;
import dev.tenure.scim.ScimJson;
import dev.tenure.scim.message.Projection;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Resources as clients read them. A whole one is the stored text with id, meta and references put
/// in: it is not parsed.
///
/// `resourceType` is a name such as `User`, `related` the attribute that the stored references are,
/// `collection` the absolute address of all resources of the type, `portions` reads references that
/// are too many to be in the stored resource.
record Rendering(
    String resourceType,
    String related,
    String collection,
    Projection projection,
    Portions portions,
    Meta form) {
  /// How `meta` is written: with the address, the time of creation and a weak version, or as
  /// Genesys Cloud has it: with a path, no such time, and the number as version.
  enum Meta {
    STANDARD,
    PLAIN;

    static Meta of(Call call) {
      return call.endpoint().organization().profile().isGenesys() ? PLAIN : STANDARD;
    }
  }

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

  /// The resource's JSON text; it must not be portioned.
  String text(StoredResource resource) {
    var whole = splice(resource);
    if (projection.isAsStored()) return whole;
    return ScimJson.write(projection.apply((ObjectNode) ScimJson.read(whole)));
  }

  /// Writes the resource's JSON text, portion by portion where it is portioned.
  void write(StoredResource resource, Appendable out) throws IOException {
    if (!resource.isPortioned()) {
      out.append(text(resource));
      return;
    }
    var text = text(resource.without());
    out.append(text, 0, text.lastIndexOf('}'));
    out.append(",\"").append(related).append("\":[");
    var comma = false;
    for (var after = Optional.<UUID>empty(); ; ) {
      var portion = portions.of(resource.id(), after);
      var members = projected(portion.members());
      if (comma && !members.isEmpty()) out.append(',');
      out.append(members);
      comma |= !members.isEmpty();
      after = portion.last();
      if (after.isEmpty()) break;
    }
    out.append("]}");
  }

  /// An answer with the resource, its address and its version.
  Response answer(int status, StoredResource resource) {
    var answer =
        resource.isPortioned()
            ? Response.streamed(
                status,
                Answers.SCIM,
                out -> {
                  var writer = new OutputStreamWriter(out, StandardCharsets.UTF_8);
                  write(resource, writer);
                  writer.flush();
                })
            : Response.of(status, Answers.SCIM, text(resource));
    return addressed(answer, resource);
  }

  /// An answer without the resource, to who knows it: 304 or 204.
  Response bare(int status, StoredResource resource) {
    return addressed(Response.of(status), resource);
  }

  private Response addressed(Response answer, StoredResource resource) {
    var location = location(resource);
    var version = (form == Meta.STANDARD ? "W/" : "") + "\"" + resource.version() + "\"";
    return answer.with(
        List.of(
            Map.entry("Location", location),
            Map.entry("Content-Location", location),
            Map.entry("ETag", version)));
  }

  private String location(StoredResource resource) {
    return collection + "/" + resource.id();
  }

  /// As Genesys Cloud has it: without the host, and in the first of the two families.
  private String path(StoredResource resource) {
    return "/api/v2/scim/v2/"
        + resourceType.toLowerCase(java.util.Locale.ROOT)
        + "s/"
        + resource.id();
  }

  private String projected(String members) {
    if (projection.isWhole() || members.isEmpty()) return members;
    var holder = JsonNodeFactory.instance.objectNode();
    holder.set(related, ScimJson.read("[" + members + "]"));
    var shown = projection.apply(holder).path(related);
    if (shown.isEmpty()) return "";
    var text = ScimJson.write(shown);
    return text.substring(1, text.length() - 1);
  }

  private String splice(StoredResource resource) {
    var document = resource.document();
    var text = new StringBuilder(document.length() + resource.related().length() + 400);
    text.append(document, 0, document.lastIndexOf('}'));
    text.append(",\"id\":\"").append(resource.id()).append('"');
    if (!resource.related().isEmpty()) {
      text.append(",\"").append(related).append("\":").append(resource.related());
    }
    text.append(",\"meta\":{\"resourceType\":\"").append(resourceType);
    if (form == Meta.STANDARD) {
      text.append("\",\"created\":\"").append(time(resource.created()));
    }
    return text.append("\",\"lastModified\":\"")
        .append(time(resource.modified()))
        .append("\",\"location\":\"")
        .append(form == Meta.STANDARD ? location(resource) : path(resource))
        .append("\",\"version\":\"")
        .append(form == Meta.STANDARD ? "W/\\\"" + resource.version() + "\\\"" : resource.version())
        .append("\"}}")
        .toString();
  }

  private static String time(Instant at) {
    return TIME.format(at);
  }
}
