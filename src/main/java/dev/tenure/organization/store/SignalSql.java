package dev.tenure.organization.store;

import dev.tenure.signal.EventType;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/// How the statements of this package tell receivers what they did: in the same statement, so that
/// there is no change without its events and no event without its change.
///
/// A receiver is told what its client may see at that moment. How it costs nothing where an
/// organization has no stream is in [Telling].
final class SignalSql {
  private static final String URGENT =
      Arrays.stream(EventType.values())
          .filter(EventType::isUrgent)
          .map(type -> "'" + type.uri() + "'")
          .collect(Collectors.joining(", "));

  /// Needs a CTE `told` with a row for each resource that changed: `resource` (Users or Groups),
  /// `id`, `version`, `external_id`, `keys` (its addresses, the preferred one first), `session`,
  /// `document`, `attributes` (names of what changed), `joined` and `parted` (members), and
  /// `events` in the order in which they are told.
  static final String INSERT =
      """
      signals as (
        insert into signal_event (organization, stream, txn, subject, type, urgent, external_id,
          email, session, version, cause, attributes, joined, parted, content, at)
        select :organization, s.id, (select gen_random_uuid()), t.resource || '/' || t.id, e.type,
          e.type in (@urgent), t.external_id, case when s.format = 'email' then t.keys[1] end,
          t.session, t.version, cast(:action as text), t.attributes, t.joined, t.parted,
          case when e.type like '%:full' then cast(t.document as text) end, :now
        from told t cross join unnest(t.events) with ordinality e(type, n)
        join signal_stream s on s.organization = :organization and s.status <> 'disabled'
          and e.type = any(s.delivered)
        join client c on c.organization = :organization and c.name = s.client and not c.disabled
          and lower(t.resource) = any(c.scopes)
        where not exists (select from signal_subject x where x.organization = :organization
          and x.stream = s.id and x.subject = any(t.keys || (t.resource || '/' || t.id)))
        order by t.resource desc, t.id, e.n)
      """
          .replace("@urgent", URGENT);

  static final List<EventType> CREATED = List.of(EventType.CREATE_NOTICE, EventType.CREATE_FULL);
  static final List<EventType> PATCHED = List.of(EventType.PATCH_NOTICE, EventType.PATCH_FULL);
  static final List<EventType> DELETED = List.of(EventType.DELETE);

  private SignalSql() {}

  /// The types as a statement binds them.
  static String[] uris(List<EventType> types) {
    return types.stream().map(EventType::uri).toArray(String[]::new);
  }
}
