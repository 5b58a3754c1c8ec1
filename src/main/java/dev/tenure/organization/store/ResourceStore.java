package dev.tenure.organization.store;

import dev.tenure.database.Database;
import dev.tenure.id.OrganizationId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;
import org.jspecify.annotations.Nullable;

/// Resources of the types that an organization declares itself.
public final class ResourceStore {
  static final String COLUMNS =
      """
      u.id, u.version, u.created, u.modified, cast(u.document as text) as document,
        '' as related\
      """;

  private static final String GET =
      "select "
          + COLUMNS
          + " from scim_resource u where u.organization = :organization and u.type = :type"
          + " and u.id = :id";

  private static final String CREATE =
      UniqueStore.claiming(
          """
          with created as (
            insert into scim_resource
              (organization, type, id, external_id, created, modified, document)
            values (:organization, :type, :id, :externalId, :now, :now, cast(:document as jsonb))
            returning id),
          done as (select cast(id as text) as id from created)
          """
              + Rows.AUDIT
              + "jsonb_build_object('type', cast(:type as text)) from done",
          "created",
          Table.RESOURCES);

  private static final String UPDATE =
      UniqueStore.claiming(
          """
          with target as (
            update scim_resource set external_id = :externalId, version = version + 1,
              modified = :now, document = cast(:document as jsonb)
            where organization = :organization and type = :type and id = :id
              and version = :version
            returning id),
          done as (select cast(id as text) as id from target)
          """
              + Rows.AUDIT
              + """
              jsonb_build_object('type', cast(:type as text),
                'attributes', cast(:changed as text[])) from done
              """,
          "target",
          Table.RESOURCES);

  private static final String DELETE =
      """
      with gone as (delete from scim_resource where organization = :organization and type = :type
        and id = :id and (cast(:version as bigint) is null or version = :version) returning id),
      done as (select cast(id as text) as id from gone)
      """
          + Rows.AUDIT
          + "jsonb_build_object('type', cast(:type as text)) from done";

  private final Database database;

  public ResourceStore(Database database) {
    this.database = database;
  }

  /// Which resources: those of this type in this organization.
  public record Shelf(OrganizationId organization, String type) {}

  /// What is written of a resource.
  public record ResourceRow(UUID id, @Nullable String externalId, Claims claims, String document) {}

  /// The version to replace, and the attributes that changed.
  public record Update(long version, List<String> changed, Instant now) {}

  public Optional<StoredResource> get(Shelf shelf, UUID id) {
    var values = Rows.of(shelf.organization());
    values.put("type", shelf.type());
    values.put("id", id);
    return database
        .jdbi()
        .withHandle(handle ->
            handle.createQuery(GET).bindMap(values).map((row, _) -> Rows.resource(row)).findOne());
  }

  /// Throws [Taken] where a unique value is another's.
  public void create(Shelf shelf, ResourceRow resource, Instant now) {
    var values = Rows.audited(shelf.organization(), now, "resource.created", "");
    put(values, shelf, resource);
    execute(CREATE, values);
  }

  /// Writes the resource as the version after `update.version`; false where that is not the stored
  /// one. Throws [Taken] where a unique value is another's.
  public boolean update(Shelf shelf, ResourceRow resource, Update update) {
    var values = Rows.audited(shelf.organization(), update.now(), "resource.updated", "");
    put(values, shelf, resource);
    values.put("version", update.version());
    values.put("changed", update.changed().toArray(String[]::new));
    return execute(UPDATE, values) == 1;
  }

  /// False where it is gone already or has another version. `version` null: whichever.
  public boolean delete(Shelf shelf, UUID id, @Nullable Long version, Instant now) {
    var values = Rows.audited(shelf.organization(), now, "resource.deleted", "");
    values.put("type", shelf.type());
    values.put("id", id);
    values.put("version", version);
    return execute(DELETE, values) == 1;
  }

  private static void put(Map<String, @Nullable Object> values, Shelf shelf, ResourceRow resource) {
    values.put("type", shelf.type());
    values.put("id", resource.id());
    values.put("externalId", resource.externalId());
    values.put("document", resource.document());
    UniqueStore.put(values, resource.claims());
  }

  private int execute(String statement, Map<String, @Nullable Object> values) {
    try {
      return Raced.retried(() ->
          database
              .jdbi()
              .withHandle(handle -> handle.createUpdate(statement).bindMap(values).execute()));
    } catch (UnableToExecuteStatementException e) {
      throw Taken.unless(e);
    }
  }
}
