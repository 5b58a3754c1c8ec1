package dev.tenure.organization.store;

import dev.tenure.signal.EventType;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/// How the statements of this package tell receivers what they did: in the same statement, so that
/// there is no change without its events and no event without its change.
///
/// A receiver is told what its client may see at that moment. Where an organization has no stream
/// this costs the look into an empty index.
final class SignalSql {
  private static final String URGENT =
      Arrays.stream(EventType.values())
          .filter(EventType::isUrgent)
          .map(type -> "'" + type.uri() + "'")
          .collect(Collectors.joining(", "));

  /// The first of these that a user has: its primary address, that for work, any.
  private static final String EMAIL =
      """
      coalesce(jsonb_path_query_first(t.document, '$.emails[*] ? (@.primary == true).value'),
          jsonb_path_query_first(t.document, '$.emails[*] ? (@.type == "work").value'),
          jsonb_path_query_first(t.document, '$.emails[*].value')) #>> '{}'\
      """;

  /// A PATCH that does what was done (RFC 9967 §2.4.2): members come and go, attributes that are
  /// gone are removed, the others replaced. A complex one is removed first: to replace it means to
  /// merge.
  private static final String PATCH =
      """
      jsonb_build_object(
          'schemas', jsonb_build_array('urn:ietf:params:scim:api:messages:2.0:PatchOp'),
          'Operations', coalesce(t.moves, cast('[]' as jsonb)) || (
            select coalesce(jsonb_agg(jsonb_build_object('op', 'remove', 'path', n))
                filter (where t.document -> n is null
                  or jsonb_typeof(t.document -> n) = 'object'), '[]')
              || case when count(t.document -> n) = 0 then '[]' else jsonb_build_array(
                jsonb_build_object('op', 'replace', 'value', jsonb_object_agg(
                  n, t.document -> n) filter (where t.document -> n is not null))) end
            from unnest(t.attributes) n where n <> 'members'))\
      """;

  /// Needs a CTE `told` with a row for each resource that changed: `resource` (Users or Groups),
  /// `id`, `version`, `external_id`, `keys` (its addresses), `session`, `document`, `attributes`
  /// (names of what changed), `moves` (operations on members), `extra` (what a full one has
  /// besides) and `events` in the order in which they are told. What an event contains is computed
  /// only for streams that want it.
  static final String INSERT =
      """
      signals as (
        insert into signal_event (organization, stream, txn, subject, type, urgent, external_id,
          email, session, version, cause, attributes, data, at)
        select :organization, s.id, (select gen_random_uuid()), t.resource || '/' || t.id, e.type,
          e.type in (@urgent), t.external_id, case when s.format = 'email' then @email end,
          t.session, t.version, cast(:action as text),
          case when e.type like '%:notice' then t.attributes end,
          cast(case when e.type like '%:patch:full' then @patch
            when e.type like '%:full'
              then jsonb_build_object('id', t.id) || t.document || coalesce(t.extra, '{}')
            end as text), :now
        from told t cross join unnest(t.events) with ordinality e(type, n)
        join signal_stream s on s.organization = :organization and s.status <> 'disabled'
          and e.type = any(s.delivered)
        join client c on c.organization = :organization and c.name = s.client and not c.disabled
          and lower(t.resource) = any(c.scopes)
        where not exists (select from signal_subject x where x.organization = :organization
          and x.stream = s.id and x.subject = any(t.keys || (t.resource || '/' || t.id)))
        order by t.resource desc, t.id, e.n)
      """
          .replace("@urgent", URGENT)
          .replace("@email", EMAIL)
          .replace("@patch", PATCH);

  static final List<EventType> CREATED = List.of(EventType.CREATE_NOTICE, EventType.CREATE_FULL);
  static final List<EventType> PATCHED = List.of(EventType.PATCH_NOTICE, EventType.PATCH_FULL);
  static final List<EventType> DELETED = List.of(EventType.DELETE);

  private SignalSql() {}

  /// The types as a statement binds them.
  static String[] uris(List<EventType> types) {
    return types.stream().map(EventType::uri).toArray(String[]::new);
  }
}
