package dev.tenure.organization.scim;

import dev.tenure.http.Response;
import dev.tenure.organization.oauth.Answers;
import dev.tenure.organization.store.StoredResource;
import dev.tenure.scim.ScimJson;
import dev.tenure.scim.message.Projection;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import tools.jackson.databind.node.ObjectNode;

/// Resources as clients read them. A whole one is the stored text with id, meta and references put
/// in: it is not parsed.
///
/// `resourceType` is a name such as `User`, `related` the attribute that the stored references are,
/// `collection` the absolute address of all resources of the type.
record Rendering(String resourceType, String related, String collection, Projection projection) {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

  /// The resource's JSON text.
  String text(StoredResource resource) {
    var whole = splice(resource);
    if (projection.isAsStored()) return whole;
    return ScimJson.write(projection.apply((ObjectNode) ScimJson.read(whole)));
  }

  /// An answer with the resource, its address and its version.
  Response answer(int status, StoredResource resource) {
    var location = location(resource);
    return Response.of(status, Answers.SCIM, text(resource))
        .with("Location", location)
        .with("Content-Location", location)
        .with("ETag", version(resource));
  }

  /// The answer to a client that has this version already.
  Response unchanged(StoredResource resource) {
    return Response.of(304).with("ETag", version(resource));
  }

  private String location(StoredResource resource) {
    return collection + "/" + resource.id();
  }

  private static String version(StoredResource resource) {
    return "W/\"" + resource.version() + "\"";
  }

  private String splice(StoredResource resource) {
    var document = resource.document();
    var text = new StringBuilder(document.length() + resource.related().length() + 400);
    text.append(document, 0, document.lastIndexOf('}'));
    text.append(",\"id\":\"").append(resource.id()).append('"');
    if (!resource.related().isEmpty()) {
      text.append(",\"").append(related).append("\":").append(resource.related());
    }
    return text.append(",\"meta\":{\"resourceType\":\"")
        .append(resourceType)
        .append("\",\"created\":\"")
        .append(time(resource.created()))
        .append("\",\"lastModified\":\"")
        .append(time(resource.modified()))
        .append("\",\"location\":\"")
        .append(location(resource))
        .append("\",\"version\":\"W/\\\"")
        .append(resource.version())
        .append("\\\"\"}}")
        .toString();
  }

  private static String time(Instant at) {
    return TIME.format(at);
  }
}
