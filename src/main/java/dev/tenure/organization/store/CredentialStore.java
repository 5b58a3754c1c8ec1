package dev.tenure.organization.store;

import dev.tenure.database.Database;
import dev.tenure.id.OrganizationId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Clients and their tokens. Secrets and tokens are here as hashes only.
public final class CredentialStore {
  private static final String PUT_CLIENT =
      """
      insert into client (organization, name, role, scopes, secret_hash, patch_status, declared)
      values (:organization, :name, :role, :scopes, :secretHash, :patchStatus, :declared)
      on conflict (organization, name) do update set role = excluded.role,
        scopes = excluded.scopes, secret_hash = excluded.secret_hash,
        patch_status = excluded.patch_status, declared = excluded.declared, disabled = false\
      """;

  /// Clients that came from the file and are in it no more.
  private static final String DISABLE_OTHERS =
      """
      update client set disabled = true where organization = :organization and declared
        and not disabled and not name = any(cast(:names as text[]))\
      """;

  private static final String DISABLE =
      """
      update client set disabled = true where organization = :organization and name = :name\
      """;

  private static final String PUT_TOKEN =
      """
      insert into token (organization, hash, client, kind, expires_at, created)
      values (:organization, :hash, :name, :kind, :expires, :now)
      on conflict (organization, hash) do update set client = excluded.client,
        kind = excluded.kind, expires_at = excluded.expires_at\
      """;

  private static final String DROP_OUTDATED =
      """
      delete from token where organization = :organization and client = :name
        and (expires_at < :now
          or (:kind = 'declared' and kind = 'declared' and hash <> cast(:hash as bytea)))\
      """;

  private static final String DROP_DECLARED =
      """
      delete from token where organization = :organization and client = :name
        and kind = 'declared'\
      """;

  private static final String REVOKE =
      "delete from token where organization = :organization and hash = :hash";

  private static final String BY_TOKEN =
      """
      select c.name, c.role, c.scopes, t.expires_at, c.secret_hash, c.patch_status,
        t.last_used from token t
      join client c on c.organization = :organization and c.name = t.client
      where t.organization = :organization and t.hash = :hash and not c.disabled
        and (t.expires_at is null or t.expires_at > :now)\
      """;

  private static final String BY_NAME =
      """
      select c.name, c.role, c.scopes, cast(null as timestamptz) as expires_at, c.secret_hash,
        c.patch_status, cast(null as timestamptz) as last_used
      from client c where c.organization = :organization and c.name = :name and not c.disabled\
      """;

  private static final String USED =
      """
      update token set last_used = :now where organization = :organization and hash = :hash
        and (last_used is null or last_used < :before)\
      """;

  private final Database database;

  public CredentialStore(Database database) {
    this.database = database;
  }

  /// A client as stored; `expires` is that of the token it was found by, `patchStatus` what it
  /// wants to see after a PATCH: 200 or 204.
  @SuppressWarnings("ArrayRecordComponent") // bound as bytea, never compared
  public record ClientRow(
      String name,
      String role,
      List<String> scopes,
      byte @Nullable [] secretHash,
      int patchStatus,
      @Nullable Instant expires) {}

  /// A token's hash; `kind` is `declared`, `issued` or `access`.
  @SuppressWarnings("ArrayRecordComponent") // bound as bytea, never compared
  public record TokenRow(String client, byte[] hash, String kind, @Nullable Instant expires) {}

  public void put(OrganizationId organization, ClientRow client, boolean declared) {
    var values = Rows.of(organization);
    values.put("name", client.name());
    values.put("role", client.role());
    values.put("scopes", client.scopes().toArray(String[]::new));
    values.put("secretHash", client.secretHash());
    values.put("patchStatus", client.patchStatus());
    values.put("declared", declared);
    database.jdbi().useHandle(h -> h.createUpdate(PUT_CLIENT).bindMap(values).execute());
  }

  /// Disables the declared clients that are not among these.
  public void disableOthers(OrganizationId organization, List<String> names) {
    var values = Rows.of(organization);
    values.put("names", names.toArray(String[]::new));
    database.jdbi().useHandle(h -> h.createUpdate(DISABLE_OTHERS).bindMap(values).execute());
  }

  /// Disables a client with all its tokens.
  public void disable(OrganizationId organization, String name) {
    var values = Rows.of(organization);
    values.put("name", name);
    database.jdbi().useHandle(h -> h.createUpdate(DISABLE).bindMap(values).execute());
  }

  /// Adds a token; drops the client's expired ones, and for a declared one those declared before.
  public void put(OrganizationId organization, TokenRow token, Instant now) {
    var values = Rows.of(organization);
    values.put("name", token.client());
    values.put("hash", token.hash());
    values.put("kind", token.kind());
    values.put("expires", token.expires());
    values.put("now", now);
    database
        .jdbi()
        .useTransaction(handle -> {
          handle.createUpdate(DROP_OUTDATED).bindMap(values).execute();
          handle.createUpdate(PUT_TOKEN).bindMap(values).execute();
        });
  }

  /// Drops the tokens that the file declared for this client.
  public void dropDeclared(OrganizationId organization, String client) {
    var values = Rows.of(organization);
    values.put("name", client);
    database.jdbi().useHandle(h -> h.createUpdate(DROP_DECLARED).bindMap(values).execute());
  }

  public void revoke(OrganizationId organization, byte[] hash) {
    var values = Rows.of(organization);
    values.put("hash", hash);
    database.jdbi().useHandle(h -> h.createUpdate(REVOKE).bindMap(values).execute());
  }

  /// The client whose valid token this is.
  public Optional<ClientRow> byToken(OrganizationId organization, byte[] hash, Instant now) {
    var values = Rows.of(organization);
    values.put("hash", hash);
    values.put("now", now);
    return find(BY_TOKEN, values);
  }

  public Optional<ClientRow> byName(OrganizationId organization, String name) {
    var values = Rows.of(organization);
    values.put("name", name);
    return find(BY_NAME, values);
  }

  /// Notes the use of a token unless one was noted after `before`.
  public void used(OrganizationId organization, byte[] hash, Use use) {
    var values = Rows.of(organization);
    values.put("hash", hash);
    values.put("now", use.now());
    values.put("before", use.before());
    database.jdbi().useHandle(h -> h.createUpdate(USED).bindMap(values).execute());
  }

  /// When, and how long before a further note is wanted.
  public record Use(Instant now, Instant before) {}

  private Optional<ClientRow> find(
      String statement, java.util.Map<String, @Nullable Object> values) {
    return database
        .jdbi()
        .withHandle(handle ->
            handle
                .createQuery(statement)
                .bindMap(values)
                .map((row, _) ->
                    new ClientRow(
                        row.getString("name"),
                        row.getString("role"),
                        List.of((String[]) row.getArray("scopes").getArray()),
                        row.getBytes("secret_hash"),
                        row.getInt("patch_status"),
                        row.getObject("expires_at") == null
                            ? null
                            : Rows.instant(row, "expires_at")))
                .findOne());
  }
}
