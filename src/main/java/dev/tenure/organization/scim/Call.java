package dev.tenure.organization.scim;

import dev.tenure.http.Headers;
import dev.tenure.http.Query;
import dev.tenure.http.Request;
import dev.tenure.organization.Client;
import dev.tenure.organization.Endpoint;
import dev.tenure.organization.Precondition;
import dev.tenure.organization.store.Ids;
import dev.tenure.scim.Reading;
import dev.tenure.scim.ScimException;
import dev.tenure.scim.ScimJson;
import dev.tenure.scim.filter.Filter;
import dev.tenure.scim.filter.FilterParser;
import dev.tenure.scim.message.Oddities;
import dev.tenure.scim.message.Oddity;
import dev.tenure.scim.message.Projection;
import dev.tenure.scim.message.SearchRequest;
import dev.tenure.scim.schema.ResourceType;
import dev.tenure.scim.schema.Schemas;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/// One request to the endpoint of an organization, by a client that may come in. `path` is what
/// stands behind the endpoint's address, such as `Users/2819c223`; `oddities` grow while it is
/// read.
public record Call(
    Request request, Client client, Endpoint endpoint, String path, Set<Oddity> oddities) {
  private static final Pattern ETAG = Pattern.compile("(?:W/)?\"([0-9]{1,18})\"|([0-9]{1,18})");
  private static final int SHOWN_MAX = 100;
  private static final String BRIEF = "attributes=id";
  private static final List<String> LISTS = List.of("attributes", "excludedAttributes");
  private static final List<String> MEDIA = List.of("application/scim+json", "application/json");

  public Call(Request request, Client client, Endpoint endpoint, String path) {
    this(request, client, endpoint, path, EnumSet.noneOf(Oddity.class));
  }

  /// The first segment in lower case: `users`, `groups`, …
  String resource() {
    return path.split("/", 2)[0].toLowerCase(Locale.ROOT);
  }

  /// What follows the first segment; empty where nothing does.
  String rest() {
    var parts = path.split("/", 2);
    return parts.length < 2 ? "" : parts[1];
  }

  /// HEAD is answered like GET; its body is left out at the door.
  String method() {
    return request.method().equals("HEAD") ? "GET" : request.method();
  }

  /// Whether the client wants no resource after a PATCH, and did not ask for some of it either (RFC
  /// 7644 §3.5.2: then it must be answered).
  boolean isQuiet(Rendering rendering) {
    return client.quietPatch() && rendering.projection().isWhole();
  }

  /// How this organization reads requests.
  Reading reading() {
    return endpoint.organization().reading();
  }

  /// What this organization's resources are made of.
  Schemas schemas() {
    return endpoint.organization().schemas();
  }

  /// The filter of a search over resources of this type, if it has one.
  Optional<Filter> filter(SearchRequest search, ResourceType type) {
    return search.filter().isEmpty()
        ? Optional.empty()
        : Optional.of(FilterParser.parse(filterText(search, type), type, reading()));
  }

  private String filterText(SearchRequest search, ResourceType type) {
    return endpoint.organization().profile().isGenesys()
        ? NarrowFilter.standard(search.filter(), type.name())
        : search.filter();
  }

  /// What of a resource of this type is asked for.
  Projection projection(SearchRequest search, ResourceType type) {
    return Projection.of(type, search.attributes(), search.excludedAttributes(), reading());
  }

  /// The id in the path; throws 404 where it is none that was ever given out.
  UUID id(String type) {
    return Ids.parse(rest())
        .orElseThrow(() -> new ScimException(404, null, type + " " + shown(rest()) + " not found"));
  }

  /// One operation of this call as a call of its own: by the same client, to `below` the endpoint's
  /// address. What is written is not answered with the resource.
  Call part(String method, String below, Optional<String> version, byte[] body) {
    var parts = below.split("\\?", 2);
    var head = request.head();
    Map<String, List<String>> fields = new HashMap<>();
    version.ifPresent(v -> fields.put("If-Match", List.of(v)));
    var partHead =
        new Request.Head(
            method,
            List.of(),
            Query.parse(parts.length < 2 ? BRIEF : parts[1]),
            new Headers(fields),
            head.remote(),
            head.correlation(),
            head.origin(),
            head.certificate());
    return new Call(request.part(partHead, _ -> body), client, endpoint, parts[0], oddities);
  }

  /// The answer where nothing is at the call's path.
  static ScimException nowhere(Call call) {
    return new ScimException(404, null, "there is nothing at /" + shown(call.path()));
  }

  private static String shown(String path) {
    return path.length() > SHOWN_MAX ? path.substring(0, SHOWN_MAX) + "…" : path;
  }

  /// The body as JSON; throws 415 for another media type, 400 `invalidSyntax` for anything else.
  JsonNode body() {
    var media = request.header("Content-Type").orElse("application/json");
    var type = media.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    if (!MEDIA.contains(type)) {
      throw new ScimException(
          415, null, "the media type is " + type + "; possible are " + String.join(", ", MEDIA));
    }
    var body = ScimJson.read(request.body());
    schemas()
        .at(resource())
        .filter(_ -> !rest().equals(".search"))
        .ifPresent(of -> oddities.addAll(Oddities.inBody(method(), body, of)));
    return body;
  }

  /// What the query asks for; unknown parameters are ignored. A list of attributes may be given in
  /// several parameters, of others the first counts.
  SearchRequest search() {
    Map<String, String> query = new HashMap<>();
    request
        .query()
        .values()
        .forEach((name, values) ->
            query.put(name, LISTS.contains(name) ? String.join(",", values) : values.getFirst()));
    return SearchRequest.ofQuery(query, pages());
  }

  /// What the body of a POST to `.search` asks for.
  SearchRequest searchInBody() {
    return SearchRequest.read(body(), pages());
  }

  private SearchRequest.PageSize pages() {
    return endpoint.organization().profile().pages();
  }

  /// `If-Match`, else `If-None-Match`. What is no version of ours matches nothing.
  Precondition precondition() {
    return request
        .header("If-Match")
        .<Precondition>map(field ->
            field.strip().equals("*")
                ? new Precondition.None()
                : new Precondition.Versions(versions(field)))
        .or(() -> request.header("If-None-Match").map(Call::unlike))
        .orElseGet(Precondition.None::new);
  }

  private static Precondition unlike(String field) {
    return field.strip().equals("*")
        ? new Precondition.Absent()
        : new Precondition.Others(versions(field));
  }

  /// Whether the client has this version already (`If-None-Match`).
  boolean has(long version) {
    var field = request.header("If-None-Match");
    return field.filter(f -> f.strip().equals("*") || versions(f).contains(version)).isPresent();
  }

  private static List<Long> versions(String field) {
    var versions = new ArrayList<Long>();
    Arrays.stream(field.split(",", -1))
        .map(tag -> ETAG.matcher(tag.strip()))
        .filter(java.util.regex.Matcher::matches)
        .map(tag -> Optional.ofNullable(tag.group(1)).orElseGet(() -> tag.group(2)))
        .forEach(number -> versions.add(Long.valueOf(number)));
    return versions;
  }
}
