package dev.tenure.organization.registry;

import dev.tenure.config.Section;
import dev.tenure.organization.registry.Registry.Declared;
import dev.tenure.organization.registry.Registry.Extension;
import dev.tenure.problem.Code;
import dev.tenure.scim.schema.Schema;
import dev.tenure.scim.schema.SchemaDocument;
import dev.tenure.scim.schema.Schemas;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Reads `schemas` and `resourceTypes` of an organization. All that is wrong is noted at its place;
/// what is wrong is left out, so that the rest makes a registry.
public final class RegistryReader {
  private static final Pattern URN =
      Pattern.compile("(?i)urn:[a-z0-9][a-z0-9-]{0,31}:[a-z0-9()+,.:=@;$_!*'%/?#-]+");
  private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9]{0,39}");
  private static final Pattern ENDPOINT = Pattern.compile("/[A-Za-z][A-Za-z0-9_-]{0,39}");
  private static final Set<String> TAKEN =
      Set.of("me", "bulk", "schemas", "resourcetypes", "serviceproviderconfig");
  private static final Set<String> WORDS =
      Set.of("schema", "resourcetype", "serviceproviderconfig", "bulk", "error");

  private final Section organization;
  private final List<Schema> schemas = new ArrayList<>();
  private final List<Declared> types = new ArrayList<>();
  private final Set<String> written = new HashSet<>();
  private final Set<String> used = new HashSet<>();
  private final Set<String> names = new HashSet<>();
  private final Set<String> endpoints = new HashSet<>(TAKEN);

  private RegistryReader(Section organization) {
    this.organization = organization;
    Schemas.standard().types().forEach(t -> endpoints.add(folded(t.endpoint().substring(1))));
  }

  public static Registry read(Section organization) {
    if (!organization.has("schemas") && !organization.has("resourceTypes")) return Registry.NONE;
    var reader = new RegistryReader(organization);
    organization.sections("schemas").forEach(reader::schema);
    organization.sections("resourceTypes").forEach(reader::type);
    reader.checkUse();
    reader.checkReferences();
    return new Registry(reader.schemas, reader.types);
  }

  private void schema(String urn, Section section) {
    var document = JsonNodeFactory.instance.objectNode();
    document.put("id", urn).put("name", section.text("name", lastPart(urn)));
    document.put("description", section.text("description", lastPart(urn)));
    document.set("attributes", AttributeReader.read(section, "attributes"));
    if (!written.add(folded(urn)) || Schemas.standard().schema(urn).isPresent()) {
      wrong(section, "", "there is a schema of this name", "choose another URN");
    } else if (URN.matcher(urn).matches()) {
      read(document).ifPresent(schemas::add);
    }
  }

  /// Absent where it has a word that SCIM does not know: the shape of the file was checked, and it
  /// was noted there.
  private static Optional<Schema> read(ObjectNode document) {
    try {
      return Optional.of(SchemaDocument.read(document));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  private void type(String name, Section section) {
    if (!names.add(folded(name))) {
      wrong(section, "", "there is a resource type of this name", "choose another name");
    } else if (WORDS.contains(folded(name))) {
      wrong(section, "", "this name means something else in SCIM", "choose another name");
    } else if (Schemas.standard().type(name).isPresent()) {
      standard(name, section);
    } else if (NAME.matcher(name).matches()) {
      own(name, section);
    }
  }

  private void standard(String name, Section section) {
    var type = Schemas.standard().type(name).orElseThrow();
    Stream.of("endpoint", "schema", "description")
        .filter(section::has)
        .forEach(key ->
            wrong(section, key, type.name() + " is a standard type and has its own", "remove it"));
    types.add(
        new Declared(
            type.name(),
            type.endpoint(),
            type.description(),
            type.schema().id(),
            extensions(section, type.schemas().map(Schema::id))));
  }

  private void own(String name, Section section) {
    var endpoint = section.text("endpoint", "/" + name + "s");
    var schema = known(section, "schema", schemas);
    var extensions = extensions(section, schema.stream().map(Schema::id));
    if (!ENDPOINT.matcher(endpoint).matches()) return;
    if (!endpoints.add(folded(endpoint.substring(1)))) {
      wrong(section, "endpoint", "the endpoint " + endpoint + " is taken", "choose another one");
    } else if (schema.isPresent()) {
      var description = section.text("description", name);
      types.add(new Declared(name, endpoint, description, schema.get().id(), extensions));
    }
  }

  private List<Extension> extensions(Section section, Stream<String> there) {
    var extensions = new ArrayList<Extension>();
    var seen = new HashSet<String>();
    there.forEach(urn -> seen.add(folded(urn)));
    var items = section.items("extensions");
    for (var item : items.keys()) {
      var details = items.isSection(item) ? items.section(item) : Optional.<Section>empty();
      var holder = details.orElse(items);
      var key = details.isPresent() ? "schema" : item;
      known(holder, key, extensible())
          .filter(schema -> once(holder, key, seen.add(folded(schema.id()))))
          .map(schema ->
              new Extension(schema.id(), details.map(d -> d.flag("required", false)).orElse(false)))
          .ifPresent(extensions::add);
    }
    return extensions;
  }

  private static boolean once(Section section, String key, boolean first) {
    var message = section.path() + ": this type has that schema already";
    if (!first) section.problem(key, Code.CONFIG_VALUE, message, "remove it");
    return first;
  }

  private List<Schema> extensible() {
    return Stream.concat(schemas.stream(), Registry.extensions()).toList();
  }

  /// One of these schemas; another name is noted, unless that schema has problems of its own.
  private Optional<Schema> known(Section section, String key, List<Schema> all) {
    var urn = section.text(key);
    used.add(folded(urn));
    var found = all.stream().filter(s -> s.id().equalsIgnoreCase(urn)).findFirst();
    if (found.isEmpty() && !urn.isEmpty() && !written.contains(folded(urn))) {
      section.requireKnown(key, urn, all.stream().map(Schema::id).toList());
    }
    return found;
  }

  private void checkUse() {
    var section = organization.sections("schemas");
    schemas.stream()
        .filter(s -> !used.contains(folded(s.id())))
        .flatMap(s -> Stream.ofNullable(section.get(s.id())))
        .forEach(s ->
            wrong(
                s,
                "",
                "no resource type has this schema",
                "name it under resourceTypes, as a schema or an extension"));
  }

  /// What a reference may refer to: one of the types, or anything that has a URI.
  private void checkReferences() {
    var known = new ArrayList<>(List.of("uri", "external"));
    Schemas.standard().types().forEach(t -> known.add(t.name()));
    types.stream().map(Declared::name).filter(n -> !known.contains(n)).forEach(known::add);
    organization.sections("schemas").values().forEach(s -> checkReferences(s, known));
  }

  private static void checkReferences(Section holder, List<String> known) {
    for (var key : List.of("attributes", "subAttributes")) {
      for (var attribute : holder.sections(key).values()) {
        attribute
            .texts("referenceTypes")
            .forEach(name -> attribute.requireKnown("referenceTypes", name, known));
        checkReferences(attribute, known);
      }
    }
  }

  private static String lastPart(String urn) {
    return urn.substring(urn.lastIndexOf(':') + 1);
  }

  private static void wrong(Section section, String key, String message, String remedy) {
    var path = key.isEmpty() ? section.path() : section.path() + "." + key;
    section.problem(key, Code.CONFIG_VALUE, path + ": " + message, remedy);
  }

  private static String folded(String word) {
    return word.toLowerCase(Locale.ROOT);
  }
}
