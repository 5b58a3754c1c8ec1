package dev.tenure.organization.store;

import dev.tenure.database.Database;
import dev.tenure.id.OrganizationId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Clients, by their secrets and tokens, of which only hashes are here.
public final class CredentialStore {
  private static final String CLIENT =
      "c.name, c.role, c.scopes, c.addresses, c.certificates, c.keys,"
          + " c.patch_status, c.declared, c.disabled";

  private static final String BY_TOKEN =
      "select "
          + CLIENT
          + """
          , t.expires_at, t.certificate, t.kind from token t
          join client c on c.organization = :organization and c.name = t.client
          where t.organization = :organization and t.hash = :hash and not c.disabled
            and (t.expires_at is null or t.expires_at > :now)\
          """;

  private static final String BY_SECRET =
      "select "
          + CLIENT
          + """
          , s.expires_at, null as certificate, 'secret' as kind from client_secret s
          join client c on c.organization = :organization and c.name = s.client
          where s.organization = :organization and s.client = :name and s.hash = :hash
            and not c.disabled and (s.expires_at is null or s.expires_at > :now)\
          """;

  private static final String BY_NAME =
      "select "
          + CLIENT
          + """
          , cast(null as timestamptz) as expires_at, null as certificate, '' as kind
          from client c where c.organization = :organization and c.name = :name\
          """;

  private static final String PUT_TOKEN =
      """
      insert into token (organization, hash, client, kind, expires_at, certificate, created)
      values (:organization, :hash, :name, :kind, :expires, :certificate, :now)
      on conflict (organization, hash) do update set client = excluded.client,
        kind = excluded.kind, expires_at = excluded.expires_at\
      """;

  private static final String DROP_OUTDATED =
      """
      delete from token where organization = :organization and client = :name
        and expires_at < :now\
      """;

  private static final String REVOKE =
      "delete from token where organization = :organization and hash = :hash";

  private static final String USED =
      """
      update token set last_used = :now where organization = :organization and hash = :hash
        and (last_used is null or last_used < :before)\
      """;

  private static final String SECRET_USED =
      """
      update client_secret set last_used = :now where organization = :organization
        and client = :name and hash = :hash\
      """;

  private static final String USE_ASSERTION =
      """
      with outdated as (delete from used_assertion where organization = :organization
        and client = :name and expires_at < :now)
      insert into used_assertion (organization, client, hash, expires_at)
      values (:organization, :name, :hash, :expires) on conflict do nothing\
      """;

  private final Database database;

  public CredentialStore(Database database) {
    this.database = database;
  }

  /// A client as stored. `addresses`: ranges that it may come from, none: all; `certificates`:
  /// thumbprints; `keys`: a JWK set; `patchStatus`: what a PATCH is answered with, 200 or 204.
  public record ClientRow(
      String name,
      String role,
      List<String> scopes,
      List<String> addresses,
      List<String> certificates,
      @Nullable String keys,
      int patchStatus,
      boolean declared,
      boolean disabled) {}

  /// A client, and the end of the credential that it was found by; `certificate` is the one that
  /// this credential was issued to. `kind`: `declared`, `issued` or `access` for a token, else
  /// `secret`, or empty where it was found by its name.
  public record Found(
      ClientRow client, @Nullable Instant expires, @Nullable String certificate, String kind) {}

  /// A token's hash; `kind` is `declared`, `issued` or `access`.
  @SuppressWarnings("ArrayRecordComponent") // bound as bytea, never compared
  public record TokenRow(
      String client,
      byte[] hash,
      String kind,
      @Nullable Instant expires,
      @Nullable String certificate) {}

  /// Adds a token, and drops the client's expired ones.
  public void put(OrganizationId organization, TokenRow token, Instant now) {
    var values = Rows.of(organization);
    values.put("name", token.client());
    values.put("hash", token.hash());
    values.put("kind", token.kind());
    values.put("expires", token.expires());
    values.put("certificate", token.certificate());
    values.put("now", now);
    database
        .jdbi()
        .useTransaction(handle -> {
          handle.createUpdate(DROP_OUTDATED).bindMap(values).execute();
          handle.createUpdate(PUT_TOKEN).bindMap(values).execute();
        });
  }

  public void revoke(OrganizationId organization, byte[] hash) {
    var values = Rows.of(organization);
    values.put("hash", hash);
    execute(REVOKE, values);
  }

  /// The client whose valid token this is.
  public Optional<Found> byToken(OrganizationId organization, byte[] hash, Instant now) {
    var values = Rows.of(organization);
    values.put("hash", hash);
    values.put("now", now);
    return find(BY_TOKEN, values);
  }

  /// The client of this name, where this is one of its valid secrets.
  public Optional<Found> bySecret(
      OrganizationId organization, String name, byte[] hash, Instant now) {
    var values = Rows.of(organization);
    values.put("name", name);
    values.put("hash", hash);
    values.put("now", now);
    return find(BY_SECRET, values);
  }

  /// The client of this name, also where it is disabled.
  public Optional<Found> byName(OrganizationId organization, String name) {
    var values = Rows.of(organization);
    values.put("name", name);
    return find(BY_NAME, values);
  }

  /// Notes that a token was used, unless that was noted shortly before.
  public void used(OrganizationId organization, byte[] hash, Use use) {
    var values = Rows.of(organization);
    values.put("hash", hash);
    values.put("now", use.now());
    values.put("before", use.before());
    execute(USED, values);
  }

  /// When, and how long before a further note is wanted.
  public record Use(Instant now, Instant before) {}

  /// Notes that a secret was used.
  public void secretUsed(OrganizationId organization, String client, byte[] hash, Instant now) {
    var values = Rows.of(organization);
    values.put("name", client);
    values.put("hash", hash);
    values.put("now", now);
    execute(SECRET_USED, values);
  }

  /// An assertion of a client, by the hash of its `jti`, until it ends by itself.
  @SuppressWarnings("ArrayRecordComponent") // bound as bytea, never compared
  public record Assertion(String client, byte[] hash, Instant expires) {}

  /// False where this assertion was used before.
  public boolean use(OrganizationId organization, Assertion assertion, Instant now) {
    var values = Rows.of(organization);
    values.put("name", assertion.client());
    values.put("hash", assertion.hash());
    values.put("expires", assertion.expires());
    values.put("now", now);
    return execute(USE_ASSERTION, values) == 1;
  }

  private int execute(String statement, Map<String, @Nullable Object> values) {
    return database
        .jdbi()
        .withHandle(handle -> handle.createUpdate(statement).bindMap(values).execute());
  }

  private Optional<Found> find(String statement, Map<String, @Nullable Object> values) {
    return database
        .jdbi()
        .withHandle(handle ->
            handle
                .createQuery(statement)
                .bindMap(values)
                .map((row, _) ->
                    new Found(
                        client(row),
                        Rows.instantOrNull(row, "expires_at"),
                        row.getString("certificate"),
                        row.getString("kind")))
                .findOne());
  }

  static ClientRow client(ResultSet row) throws SQLException {
    return new ClientRow(
        row.getString("name"),
        row.getString("role"),
        Rows.texts(row, "scopes"),
        Rows.texts(row, "addresses"),
        Rows.texts(row, "certificates"),
        row.getString("keys"),
        row.getInt("patch_status"),
        row.getBoolean("declared"),
        row.getBoolean("disabled"));
  }
}
