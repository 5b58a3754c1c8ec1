package dev.tenure.organization.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenure.config.Configuration;
import dev.tenure.id.OrganizationId;
import dev.tenure.organization.OrganizationConfig;
import dev.tenure.problem.Problem;
import dev.tenure.scim.Reading;
import dev.tenure.scim.ScimJson;
import dev.tenure.scim.schema.Attribute;
import dev.tenure.scim.schema.Attribute.Mutability;
import dev.tenure.scim.schema.Attribute.Returned;
import dev.tenure.scim.schema.Attribute.Type;
import dev.tenure.scim.schema.Attribute.Uniqueness;
import dev.tenure.scim.schema.AttributePaths;
import dev.tenure.scim.schema.Schema;
import dev.tenure.scim.schema.SchemaDocument;
import dev.tenure.scim.schema.Schemas;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RegistryReaderTest {
  private static final String BADGE =
      """
      reading: strict
      schemas:
        urn:x:Badge:
          attributes:
            number: {required: true, uniqueness: server, mutability: immutable, returned: always}
            colour: {canonicalValues: [red, blue]}
            pin: {mutability: writeOnly}
            holder: {type: reference, referenceTypes: [User, Badge]}
            doors: {type: complex, multiValued: true, subAttributes: {value: {}, $ref: {}}}
        urn:x:Desk:
          name: Desks
          description: Where people sit
          attributes: {floor: {type: integer}, room: {}}
      resourceTypes:
        Badge:
          schema: urn:x:badge
          extensions: [{schema: "urn:x:Desk", required: true}]
        User: {extensions: ["urn:x:Desk"]}
      """;

  @TempDir Path folder;

  private OrganizationConfig read(Configuration configuration) {
    var section = configuration.root().sections("organizations").get("acme");
    return OrganizationConfig.read(new OrganizationId("acme"), Objects.requireNonNull(section));
  }

  private Configuration configuration(String organization) {
    try {
      var text = "organizations:\n  acme:\n" + organization.indent(4);
      return Configuration.load(Files.writeString(folder.resolve("tenure.yaml"), text), _ -> null);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// What is found wrong, without the folder.
  private List<String> problems(String organization) {
    var configuration = configuration(organization);
    read(configuration);
    try {
      configuration.finish();
      return List.of();
    } catch (Problem.Found e) {
      return e.problems().stream().map(p -> p.line().replace(folder + "/", "")).toList();
    }
  }

  private Schemas badge() {
    assertThat(problems(BADGE)).isEmpty();
    return read(configuration(BADGE)).registry().whole();
  }

  private static Attribute attribute(Schemas schemas, String path) {
    var type = schemas.type("Badge").orElseThrow();
    return AttributePaths.resolve(type, path).orElseThrow().leaf();
  }

  @Test
  void anOrganizationWithoutAnyHasTheStandardOnes() {
    assertThat(read(configuration("profile: standard")).registry().whole())
        .isSameAs(Schemas.standard());
    assertThat(read(configuration("profile: standard")).reading()).isEqualTo(Reading.TOLERANT);
    assertThat(read(configuration(BADGE)).reading()).isEqualTo(Reading.STRICT);
  }

  @Test
  void attributesHaveTheCharacteristicsThatAreWritten() {
    var schemas = badge();
    var number = attribute(schemas, "number");
    assertThat(number.required()).isTrue();
    assertThat(number.uniqueness()).isEqualTo(Uniqueness.SERVER);
    assertThat(number.mutability()).isEqualTo(Mutability.IMMUTABLE);
    assertThat(number.returned()).isEqualTo(Returned.ALWAYS);
    assertThat(attribute(schemas, "colour").canonicalValues()).containsExactly("red", "blue");
    assertThat(attribute(schemas, "doors").multiValued()).isTrue();
    assertThat(attribute(schemas, "doors.$ref").type()).isEqualTo(Type.STRING);
    assertThat(attribute(schemas, "urn:x:Desk:floor").type()).isEqualTo(Type.INTEGER);
  }

  @Test
  void whatIsLeftOutHasTheDefaultOfTheRfc() {
    var schemas = badge();
    var room = attribute(schemas, "urn:x:Desk:room");
    assertThat(room)
        .isEqualTo(
            new Attribute(
                "urn:x:Desk",
                "room",
                Type.STRING,
                false,
                "room",
                false,
                List.of(),
                false,
                Mutability.READ_WRITE,
                Returned.DEFAULT,
                Uniqueness.NONE,
                List.of(),
                List.of()));
    assertThat(attribute(schemas, "pin").returned()).isEqualTo(Returned.NEVER);
    assertThat(attribute(schemas, "holder").caseExact()).isTrue();
  }

  @Test
  void typesHaveTheirEndpointAndExtensions() {
    var schemas = badge();
    var type = schemas.at("badges").orElseThrow();
    assertThat(type.endpoint()).isEqualTo("/Badges");
    assertThat(type.schema().id()).isEqualTo("urn:x:Badge");
    assertThat(type.demands(type.extensions().getFirst())).isTrue();
    var document = SchemaDocument.render(type, "https://x");
    assertThat(document.at("/schemaExtensions/0/required").asBoolean(false)).isTrue();
    assertThat(schemas.user().extensions()).extracting(Schema::id).endsWith("urn:x:Desk");
    assertThat(schemas.all()).extracting(Schema::id).contains("urn:x:Badge", "urn:x:Desk");
  }

  @Test
  void whatIsStoredIsReadBackTheSame() {
    var registry = read(configuration(BADGE)).registry();
    var text = ScimJson.write(registry.document());
    assertThat(Registry.read(ScimJson.read(text))).isEqualTo(registry);
    assertThat(Registry.read(Registry.NONE.document())).isEqualTo(Registry.NONE);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "type: complex                         | type: a complex attribute has parts",
        "subAttributes: {value: {}}            | subAttributes: only a complex attribute has parts",
        "referenceTypes: [User]                | referenceTypes: this is no reference",
        "type: integer, canonicalValues: [a]   | canonicalValues: only a string has canonical",
        "type: binary, caseExact: false        | caseExact: a binary is always compared exactly",
        "mutability: writeOnly, returned: default | returned: what can only be written is never",
        "mutability: readOnly, required: true  | required: nobody can give what is readOnly",
        "type: boolean, uniqueness: server     | uniqueness: a boolean cannot be unique",
        "returned: never, uniqueness: server   | uniqueness: what is never returned is not kept",
        "type: reference, referenceTypes: [Usr] | referenceTypes: there is no 'Usr'",
        "type: text                            | type: expected one of string, boolean, decimal",
        "type: complex, subAttributes: {b: {type: complex}} | b.type: a sub-attribute cannot",
        "mutability: readonly                  | mutability: expected one of readWrite, readOnly",
        "unique: true                          | `unknown key 'unique' in organizations.acme",
      })
  void whatCannotHoldTogetherIsTold(String characteristics, String message) {
    var yaml =
        """
        schemas: {"urn:x:B": {attributes: {a: {%s}}}}
        resourceTypes: {B: {schema: "urn:x:B"}}
        """
            .formatted(characteristics);
    assertThat(problems(yaml))
        .singleElement()
        .asString()
        .contains(message)
        .containsPattern("at=tenure.yaml:3:\\d+");
  }

  @Test
  void namesThatMeanSomethingElseAreTold() {
    var yaml =
        """
        schemas:
          urn:x:B: {attributes: {id: {}, number: {}, Number: {}, 1st: {}}}
          urn:ietf:params:scim:schemas:core:2.0:User: {attributes: {a: {}}}
          nothing: {attributes: {a: {}}}
          urn:x:unused: {attributes: {a: {}}}
        resourceTypes:
          B: {schema: "urn:x:B", endpoint: /Users}
          b: {schema: "urn:x:B"}
          Schema: {schema: "urn:x:B"}
          C: {schema: "urn:x:C"}
          D: {}
          E: {schema: "urn:x:B", endpoint: /bulk, extensions: ["urn:x:B", "urn:x:Z"]}
          User: {endpoint: /People}
        """;
    assertThat(problems(yaml))
        .containsExactlyInAnyOrder(
            "CONFIG_VALUE: organizations.acme.schemas.urn:x:B.attributes.id: each resource has 'id'"
                + " anyway (at=tenure.yaml:4:34); choose another name",
            "CONFIG_VALUE: organizations.acme.schemas.urn:x:B.attributes.Number: 'Number' is there"
                + " in another letter case (at=tenure.yaml:4:58); keep one",
            "CONFIG_VALUE: organizations.acme.schemas.urn:x:B.attributes.1st: expected a name of"
                + " letters, digits, -, _ and $, starting with a letter; or $ref, found the name"
                + " '1st' (at=tenure.yaml:4:62); rename it, to such as badgeNumber",
            "CONFIG_VALUE: organizations.acme.schemas.urn:ietf:params:scim:schemas:core:2.0:User:"
                + " there is a schema of this name (at=tenure.yaml:5:51); choose another URN",
            "CONFIG_VALUE: organizations.acme.schemas.nothing: expected a URN such as"
                + " urn:example:scim:schemas:Badge, found the name 'nothing' (at=tenure.yaml:6:7);"
                + " begin it with urn: and a name space",
            "CONFIG_VALUE: organizations.acme.schemas.urn:x:unused: no resource type has this"
                + " schema (at=tenure.yaml:7:21); name it under resourceTypes, as a schema or an"
                + " extension",
            "CONFIG_VALUE: organizations.acme.resourceTypes.B.endpoint: the endpoint /Users is"
                + " taken (at=tenure.yaml:9:40); choose another one",
            "CONFIG_VALUE: organizations.acme.resourceTypes.b: there is a resource type of this"
                + " name (at=tenure.yaml:10:10); choose another name",
            "CONFIG_VALUE: organizations.acme.resourceTypes.Schema: this name means something else"
                + " in SCIM (at=tenure.yaml:11:15); choose another name",
            "CONFIG_REFERENCE: organizations.acme.resourceTypes.C.schema: there is no 'urn:x:C'"
                + " (at=tenure.yaml:12:19); did you mean 'urn:x:B'? known: urn:x:B, urn:x:unused",
            "CONFIG_REQUIRED: 'schema' is missing in organizations.acme.resourceTypes.D"
                + " (at=tenure.yaml:13:10); add 'schema'",
            "CONFIG_VALUE: organizations.acme.resourceTypes.E.endpoint: the endpoint /bulk is taken"
                + " (at=tenure.yaml:14:40); choose another one",
            "CONFIG_VALUE: organizations.acme.resourceTypes.E.extensions: this type has that"
                + " schema already (at=tenure.yaml:14:60); remove it",
            "CONFIG_REFERENCE: organizations.acme.resourceTypes.E.extensions[1]: there is no"
                + " 'urn:x:Z' (at=tenure.yaml:14:71); did you mean 'urn:x:B'? known: urn:x:B,"
                + " urn:x:unused, urn:ietf:params:scim:schemas:extension:enterprise:2.0:User,"
                + " urn:ietf:params:scim:schemas:extension:genesys:purecloud:2.0:User,"
                + " urn:ietf:params:scim:schemas:extension:genesys:2.0:User",
            "CONFIG_VALUE: organizations.acme.resourceTypes.User.endpoint: User is a standard type"
                + " and has its own (at=tenure.yaml:15:24); remove it");
  }
}
