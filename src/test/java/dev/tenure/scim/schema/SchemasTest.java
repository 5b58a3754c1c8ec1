package dev.tenure.scim.schema;

import static dev.tenure.scim.Samples.GROUP;
import static dev.tenure.scim.Samples.USER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.tenure.scim.Samples;
import dev.tenure.scim.schema.ResourceType.Extension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

class SchemasTest {
  @Test
  void eachSchemaIsReadBackFromItsDocument() {
    assertThat(Schemas.standard().all())
        .hasSize(8)
        .allSatisfy(s ->
            assertThat(SchemaDocument.read(SchemaDocument.render(s, "https://x"))).isEqualTo(s));
  }

  @Test
  void discoveryDocumentsHaveSchemasAndMetaCase114() {
    var document = SchemaDocument.render(USER.schema(), "https://host/acme/scim/v2");
    assertThat(document.at("/meta/location").asString())
        .isEqualTo("https://host/acme/scim/v2/Schemas/" + Schema.USER);
    assertThat(document.at("/schemas/0").asString()).endsWith(":Schema");
    var type = SchemaDocument.render(USER, "https://host");
    assertThat(type.at("/meta/resourceType").asString()).isEqualTo("ResourceType");
    assertThat(type.path("schemaExtensions")).hasSize(3);
  }

  @ParameterizedTest
  @CsvSource({
    "USERNAME, userName",
    "name.GIVENNAME, name.givenName",
    "urn:ietf:params:scim:schemas:core:2.0:User:userName, userName",
    "URN:ietf:params:scim:schemas:core:2.0:user:name.familyName, name.familyName",
    "urn:ietf:params:scim:schemas:core:2.0:User:meta.version, meta.version",
    "groups.$ref, groups.$ref",
    "externalId, externalId"
  })
  void pathsAreFoundInAnySpelling(String path, String canonical) {
    assertThat(AttributePaths.resolve(USER, path)).map(AttributeRef::toString).contains(canonical);
  }

  @Test
  void extensionPathsNeedTheirUrnOnTheWire() {
    var path = Schema.ENTERPRISE + ":manager.value";
    assertThat(AttributePaths.resolve(USER, path)).map(AttributeRef::toString).contains(path);
    assertThat(AttributePaths.resolve(USER, "manager.value")).isEmpty();
    assertThat(AttributePaths.resolveShort(USER, "manager.value"))
        .map(AttributeRef::toString)
        .contains(path);
  }

  @Test
  void aUrnThatStartsLikeAnotherIsNotTakenForIt() {
    assertThat(AttributePaths.resolve(USER, Schema.ORIGIN + ":sourceOrg")).isPresent();
    assertThat(AttributePaths.resolve(USER, Schema.GENESYS_USER + ":routingSkills")).isPresent();
  }

  @Test
  void theUrnOfAnExtensionAloneIsOneComplexAttribute() {
    var ref = AttributePaths.resolve(USER, Schema.ENTERPRISE).orElseThrow();
    assertThat(ref.attribute().name()).isEqualTo(Schema.ENTERPRISE);
    assertThat(ref.attribute().sub("department")).isPresent();
    assertThat(AttributePaths.resolve(USER, Schema.USER)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", ".", "name.", ".name", "name.givenName.x", "nosuch", "urn:x:userName"})
  void whatNoSchemaHasIsNotFound(String path) {
    assertThat(AttributePaths.resolveShort(USER, path)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"usrName, userName", "departmnt, department", "name.givenname1, name.givenName"})
  void theNearestPathIsNamed(String path, String nearest) {
    assertThat(AttributePaths.nearest(USER, path)).contains(nearest);
  }

  @Test
  void nothingIsNearToNonsense() {
    assertThat(AttributePaths.nearest(USER, "qqqqqqqqq")).isEmpty();
  }

  @Test
  void anExtensionGrowsOneResourceTypeOnly() {
    var extension =
        SchemaDocument.read(
            (ObjectNode) Samples.json("{'id': 'urn:x:Badge', 'attributes': [{'name': 'badge'}]}"));
    var grown = Schemas.standard().withExtension("User", new Extension(extension, false));
    assertThat(AttributePaths.resolve(grown.user(), "urn:x:badge:badge")).isPresent();
    assertThat(AttributePaths.resolve(USER, "urn:x:badge:badge")).isEmpty();
    assertThat(grown.group()).isEqualTo(GROUP);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> grown.withExtension("User", new Extension(extension, true)));
  }
}
