package dev.tenure.source.scim;

import dev.tenure.scim.OriginMark;
import dev.tenure.scim.schema.Attribute;
import dev.tenure.scim.schema.Attribute.Type;
import dev.tenure.scim.schema.ResourceType;
import dev.tenure.scim.schema.Schema;
import dev.tenure.source.AttributeName;
import dev.tenure.source.SourceSchema;
import dev.tenure.source.SourceSchema.Arity;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/// What expressions see of a SCIM user, all flat:
///
/// - `userName`, `title`, `name_givenName`; of an extension `department`, with the schema's name
///   before it only where the name is taken;
/// - `manager`: the `value` of an attribute that has one; its other parts as `manager_displayName`;
/// - `emails`: all values, the primary one first; `emails_work`: the first of that type;
///   `addresses_work_locality`;
/// - `mail`: the primary address, else that of type `work`, else the first; `emails` has them all
///   in this order.
///
/// Not `schemas`, `meta`, `groups` and what no answer has.
public final class UserAttributes {
  private static final Set<String> LEFT_OUT = Set.of("schemas", "meta", "groups");
  private static final Set<String> NO_PARTS = Set.of("$ref", "type", "primary");
  private static final String MAIL = "mail";
  private static final AttributePath EMAILS = new AttributePath("", "emails", "value", "");
  private final SortedMap<String, Reader> readers = new TreeMap<>();

  private record Reader(Arity arity, AttributePath path) {}

  private UserAttributes() {}

  /// Those of this resource type.
  public static UserAttributes of(ResourceType user) {
    var all = new UserAttributes();
    user.common().forEach(a -> all.add("", a, ""));
    user.schema().attributes().forEach(a -> all.add("", a, ""));
    for (var extension : user.extensions()) {
      extension.attributes().forEach(a -> all.add(extension.id(), a, all.prefix(extension, a)));
    }
    all.put(MAIL, Arity.ONE, EMAILS);
    return all;
  }

  /// The same with more, each by its path: `title`, `name.middleName`, `urn:…:User:costCentre`.
  public UserAttributes with(Map<String, String> paths, Set<String> many) {
    var more = new UserAttributes();
    more.readers.putAll(readers);
    paths.forEach((name, path) ->
        more.put(name, many.contains(name) ? Arity.MANY : Arity.ONE, AttributePath.parse(path)));
    return more;
  }

  private String prefix(Schema extension, Attribute attribute) {
    if (!readers.containsKey(AttributeName.of(attribute.name()))) return "";
    return extension.name().isBlank() ? "extension_" : extension.name() + "_";
  }

  private void add(String schema, Attribute attribute, String prefix) {
    if (attribute.isConcealed() || LEFT_OUT.contains(attribute.name())) return;
    var name = prefix + attribute.name();
    var path = new AttributePath(schema, attribute.name(), "", "");
    var isList = attribute.multiValued();
    if (attribute.type() != Type.COMPLEX) put(name, isList ? Arity.MANY : Arity.ONE, path);
    else if (isList) addList(name, path, attribute);
    else addParts(name, path, attribute);
  }

  private void addParts(String name, AttributePath path, Attribute attribute) {
    for (var sub : attribute.subAttributes()) {
      if (NO_PARTS.contains(sub.name()) || sub.type() == Type.COMPLEX) continue;
      var part = sub.name().equals("value") ? name : name + "_" + sub.name();
      put(part, sub.multiValued() ? Arity.MANY : Arity.ONE, path.part(sub.name()));
    }
  }

  private void addList(String name, AttributePath path, Attribute attribute) {
    var value = attribute.sub("value").isPresent();
    if (value) put(name, Arity.MANY, path.part("value"));
    for (var type : attribute.sub("type").map(Attribute::canonicalValues).orElse(List.of())) {
      if (value) put(name + "_" + type, Arity.ONE, path.part("value").ofType(type));
      else addParts(name + "_" + type, path.ofType(type), attribute);
    }
  }

  private void put(String name, Arity arity, AttributePath path) {
    readers.putIfAbsent(AttributeName.of(name), new Reader(arity, path));
  }

  public SourceSchema schema() {
    var arities = new TreeMap<String, Arity>();
    readers.forEach((name, reader) -> arities.put(name, reader.arity()));
    return new SourceSchema(arities);
  }

  /// Whether there is an attribute of this name with one value.
  public boolean hasOne(String name) {
    var reader = readers.get(name);
    return reader != null && reader.arity() == Arity.ONE;
  }

  /// The attribute of the resource that this one is taken from, as changes of it are told: its
  /// name, or the extension's URN; empty where there is none.
  public String origin(String name) {
    var reader = readers.get(name);
    if (reader == null) return "";
    var path = reader.path();
    return path.schema().isEmpty() ? path.attribute() : path.schema();
  }

  /// What this user has; attributes without a value are missing.
  public SortedMap<String, List<String>> of(JsonNode user) {
    var attributes = new TreeMap<String, List<String>>();
    readers.forEach((name, reader) -> {
      var values = reader.path().equals(EMAILS) ? mails(user) : reader.path().values(user);
      if (values.isEmpty()) return;
      attributes.put(name, reader.arity() == Arity.ONE ? List.of(values.getFirst()) : values);
    });
    return attributes;
  }

  /// All addresses: the primary one, then those of type `work`, then the others.
  private static List<String> mails(JsonNode user) {
    var hasPrimary =
        Members.elements(Members.get(user, EMAILS.attribute())).stream()
            .anyMatch(e -> Members.text(e, "primary").equalsIgnoreCase("true"));
    var all = EMAILS.values(user);
    if (hasPrimary) return all;
    var sorted = new LinkedHashSet<>(EMAILS.ofType("work").values(user));
    sorted.addAll(all);
    return List.copyOf(sorted);
  }

  /// Whether the user is locked out: `active` is false, however that is written.
  public static boolean isDisabled(JsonNode user) {
    return Members.text(user, "active").equalsIgnoreCase("false");
  }

  /// The source of truth that the user names, or bears the mark of; empty where it names none.
  public static String sourceOrg(JsonNode user) {
    var named = Members.text(Members.get(user, Schema.ORIGIN), "sourceOrg");
    return named.isEmpty() ? OriginMark.sourceOrg(user).orElse("") : named;
  }
}
