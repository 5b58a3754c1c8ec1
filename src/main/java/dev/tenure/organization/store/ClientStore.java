package dev.tenure.organization.store;

import dev.tenure.database.Database;
import dev.tenure.id.OrganizationId;
import dev.tenure.organization.store.CredentialStore.ClientRow;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Clients as they are administered: made, given further credentials, ended.
public final class ClientStore {
  private static final String PUT =
      """
      with done as (insert into client as c (organization, name, role, scopes, addresses,
          certificates, keys, patch_status, declared)
        values (:organization, :name, :role, :scopes, :addresses, :certificates, :keys,
          :patchStatus, :declared)
        on conflict (organization, name) do update set role = excluded.role,
          scopes = excluded.scopes, addresses = excluded.addresses,
          certificates = excluded.certificates, keys = excluded.keys,
          patch_status = excluded.patch_status,
          declared = excluded.declared, disabled = false
        where (c.role, c.scopes, c.addresses, c.certificates, c.keys, c.patch_status,
            c.declared, c.disabled)
          is distinct from (excluded.role, excluded.scopes, excluded.addresses,
            excluded.certificates, excluded.keys, excluded.patch_status,
            excluded.declared, false)
        returning name as id)
      """
          + Rows.AUDIT
          + """
          jsonb_build_object('role', cast(:role as text), 'scopes', cast(:scopes as text[]),
            'declared', cast(:declared as boolean)) from done
          """;

  private static final String ADD_SECRET =
      """
      with added as (insert into client_secret (organization, client, hash, declared, expires_at,
          created)
        values (:organization, :name, :hash, :declared, :expires, :now)
        on conflict (organization, client, hash) do update set expires_at = excluded.expires_at,
          declared = excluded.declared
        returning client, (xmax = 0) as fresh),
      done as (select client as id from added where fresh)
      """
          + Rows.AUDIT
          + """
          jsonb_build_object('kind', 'secret', 'expires', cast(:expires as timestamptz)) from done
          """;

  private static final String ADD_TOKEN =
      """
      with added as (insert into token (organization, client, hash, kind, expires_at, created)
        values (:organization, :name, :hash, :kind, :expires, :now)
        on conflict (organization, hash) do update set expires_at = excluded.expires_at,
          client = excluded.client, kind = excluded.kind
        returning client, (xmax = 0) as fresh),
      done as (select client as id from added where fresh)
      """
          + Rows.AUDIT
          + """
          jsonb_build_object('kind', 'token', 'expires', cast(:expires as timestamptz)) from done
          """;

  /// All but the newest end at the given time, if they don't before.
  private static final String END_SECRETS =
      """
      update client_secret set expires_at = least(coalesce(expires_at, :until), :until)
      where organization = :organization and client = :name
        and hash <> cast(:hash as bytea)\
      """;

  private static final String END_TOKENS =
      """
      update token set expires_at = least(coalesce(expires_at, :until), :until)
      where organization = :organization and client = :name and kind = 'issued'
        and hash <> cast(:hash as bytea)\
      """;

  private static final String DROP_SECRETS =
      """
      delete from client_secret where organization = :organization and client = :name and declared
        and hash is distinct from cast(:hash as bytea)\
      """;

  private static final String DROP_TOKENS =
      """
      delete from token where organization = :organization and client = :name
        and kind = 'declared' and hash is distinct from cast(:hash as bytea)\
      """;

  private static final String END_CLIENT =
      """
      with done as (update client set disabled = true
          where organization = :organization and name = :name and not disabled
          returning name as id),
        secrets as (delete from client_secret where organization = :organization
          and client = :name),
        tokens as (delete from token where organization = :organization and client = :name)
      """
          + Rows.AUDIT
          + "'{}' from done";

  private static final String DISABLE_OTHERS =
      """
      update client set disabled = true where organization = :organization and declared
        and not disabled and not name = any(cast(:names as text[]))\
      """;

  private static final String END_CREDENTIAL =
      """
      with tokens as (delete from token where organization = :organization and client = :name
          and encode(hash, 'hex') like cast(:prefix as text) || '%' returning client),
        secrets as (delete from client_secret where organization = :organization
          and client = :name and encode(hash, 'hex') like cast(:prefix as text) || '%'
          returning client),
        done as (select client as id from tokens union all select client from secrets)
      """
          + Rows.AUDIT
          + "jsonb_build_object('credential', cast(:prefix as text)) from done";

  private static final String LIST =
      """
      select c.name, c.role, c.scopes, c.addresses, c.certificates, c.keys, c.patch_status,
        c.declared, c.disabled
      from client c where c.organization = :organization order by c.name\
      """;

  private static final String CREDENTIALS =
      """
      select 'secret' as kind, left(encode(s.hash, 'hex'), 12) as id, s.created, s.expires_at,
        s.last_used
      from client_secret s where s.organization = :organization and s.client = :name
        and (s.expires_at is null or s.expires_at > :now)
      union all
      select case t.kind when 'access' then 'access token' else 'bearer token' end,
        left(encode(t.hash, 'hex'), 12), t.created, t.expires_at, t.last_used
      from token t where t.organization = :organization and t.client = :name
        and (t.expires_at is null or t.expires_at > :now)
      order by created, id\
      """;

  private final Database database;

  public ClientStore(Database database) {
    this.database = database;
  }

  /// A credential as it may be shown: `id` is the beginning of its hash.
  public record CredentialRow(
      String kind,
      String id,
      Instant created,
      @Nullable Instant expires,
      @Nullable Instant lastUsed) {}

  /// The hash of a new secret or bearer token. `declared`: it is in the file.
  @SuppressWarnings("ArrayRecordComponent") // bound as bytea, never compared
  public record NewCredential(
      String client, byte[] hash, @Nullable Instant expires, boolean declared) {}

  /// Makes the client, or makes it what it is to be; enabled in any case.
  public void put(OrganizationId organization, ClientRow client, Instant now) {
    var values = Rows.audited(organization, now, "client.changed", "");
    values.put("name", client.name());
    values.put("role", client.role());
    values.put("scopes", client.scopes().toArray(String[]::new));
    values.put("addresses", client.addresses().toArray(String[]::new));
    values.put("certificates", client.certificates().toArray(String[]::new));
    values.put("keys", client.keys());
    values.put("patchStatus", client.patchStatus());
    values.put("declared", client.declared());
    execute(PUT, values);
  }

  /// Adds a secret.
  public void addSecret(OrganizationId organization, NewCredential secret, Instant now) {
    execute(ADD_SECRET, values(organization, secret, now));
  }

  /// Adds a long-lived bearer token.
  public void addToken(OrganizationId organization, NewCredential token, Instant now) {
    var values = values(organization, token, now);
    values.put("kind", token.declared() ? "declared" : "issued");
    execute(ADD_TOKEN, values);
  }

  private static Map<String, @Nullable Object> values(
      OrganizationId organization, NewCredential credential, Instant now) {
    var values = Rows.audited(organization, now, "client.credential-added", "");
    values.put("name", credential.client());
    values.put("hash", credential.hash());
    values.put("declared", credential.declared());
    values.put("expires", credential.expires());
    return values;
  }

  /// Lets the other secrets of a client end at this time.
  public void endSecrets(OrganizationId organization, NewCredential but, Instant until) {
    end(END_SECRETS, organization, but, until);
  }

  /// Lets the other bearer tokens of a client end at this time.
  public void endTokens(OrganizationId organization, NewCredential but, Instant until) {
    end(END_TOKENS, organization, but, until);
  }

  private void end(
      String statement, OrganizationId organization, NewCredential but, Instant until) {
    var values = Rows.of(organization);
    values.put("name", but.client());
    values.put("hash", but.hash());
    values.put("until", until);
    execute(statement, values);
  }

  /// Drops what the file declared for this client before; the hashes are those that it declares.
  public void dropDeclared(
      OrganizationId organization,
      String client,
      byte @Nullable [] secret,
      byte @Nullable [] token) {
    var values = Rows.of(organization);
    values.put("name", client);
    values.put("hash", secret);
    execute(DROP_SECRETS, values);
    values.put("hash", token);
    execute(DROP_TOKENS, values);
  }

  /// Disables a client and ends all its credentials; false where that was done before.
  public boolean end(OrganizationId organization, String client, Instant now) {
    var values = Rows.audited(organization, now, "client.revoked", "");
    values.put("name", client);
    return execute(END_CLIENT, values) > 0;
  }

  /// Ends one credential, by the beginning of its hash in hexadecimal digits; how many had it.
  public int end(OrganizationId organization, String client, String prefix, Instant now) {
    var values = Rows.audited(organization, now, "client.credential-revoked", "");
    values.put("name", client);
    values.put("prefix", prefix);
    return execute(END_CREDENTIAL, values);
  }

  /// Disables the declared clients that are not among these.
  public void disableOthers(OrganizationId organization, List<String> names) {
    var values = Rows.of(organization);
    values.put("names", names.toArray(String[]::new));
    execute(DISABLE_OTHERS, values);
  }

  /// All clients of an organization, by name.
  public List<ClientRow> list(OrganizationId organization) {
    return database
        .jdbi()
        .withHandle(handle ->
            handle
                .createQuery(LIST)
                .bindMap(Rows.of(organization))
                .map((row, _) -> CredentialStore.client(row))
                .list());
  }

  /// The credentials of a client that are valid, the oldest first.
  public List<CredentialRow> credentials(OrganizationId organization, String client, Instant now) {
    var values = Rows.of(organization);
    values.put("name", client);
    values.put("now", now);
    return database
        .jdbi()
        .withHandle(handle ->
            handle
                .createQuery(CREDENTIALS)
                .bindMap(values)
                .map((row, _) ->
                    new CredentialRow(
                        row.getString("kind"),
                        row.getString("id"),
                        Rows.instant(row, "created"),
                        Rows.instantOrNull(row, "expires_at"),
                        Rows.instantOrNull(row, "last_used")))
                .list());
  }

  private int execute(String statement, Map<String, @Nullable Object> values) {
    return database
        .jdbi()
        .withHandle(handle -> handle.createUpdate(statement).bindMap(values).execute());
  }
}
