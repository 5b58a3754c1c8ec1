package dev.tenure.organization.store;

import dev.tenure.database.Database;
import dev.tenure.id.OrganizationId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Users and those that were deleted and can be restored, as one list.
public final class DirectoryStore {
  /// A criterion holds where one of its fields fits one of its values; all of them must hold.
  private static final String PAGE =
      """
      with everybody as (
        select u.id, u.version, u.modified, u.document,
          case when u.active then 'active' else 'inactive' end as state
        from scim_user u where u.organization = :organization
          and (cast(:key as text) is null or u.user_name_key = :key)
          and (cast(:group as uuid) is null or u.id in (select m.user_id from group_member m
            where m.organization = :organization and m.group_id = :group))
        union all
        select d.id, d.version, d.deleted_at, d.document, 'deleted'
        from deleted_user d where d.organization = :organization
          and (cast(:key as text) is null or d.user_name_key = :key)
          and cast(:group as uuid) is null and 'deleted' = any(cast(:states as text[]))),
      matching as materialized (select e.* from everybody e
        where e.state = any(cast(:states as text[]))
          and (cast(:ids as uuid[]) is null or e.id = any(cast(:ids as uuid[])))
          and not exists (select from jsonb_array_elements(cast(:criteria as jsonb)) as c(v)
            where not exists (select from jsonb_array_elements_text(c.v -> 'fields') as f(name)
              cross join jsonb_array_elements_text(c.v -> 'values') as w(text)
              cross join lateral (select lower(w.text) as text, lower(case f.name
                when 'id' then cast(e.id as text) when 'state' then e.state
                when 'email' then e.document ->> 'userName'
                when 'name' then e.document ->> 'displayName'
                when 'title' then e.document ->> 'title'
                when 'department' then e.document -> cast(:enterprise as text) ->> 'department'
                when 'division' then
                  coalesce(e.document -> cast(:enterprise as text) ->> 'division', :home)
                end) as held) as x
              where case c.v ->> 'type' when 'EXACT' then x.held = x.text
                when 'STARTS_WITH' then starts_with(x.held, x.text)
                when 'CONTAINS' then position(x.text in x.held) > 0 else false end)))
      select t.total, p.id, p.version, p.modified, cast(p.document as text) as document, p.state
      from (select count(*) as total from matching) t
      left join (select * from matching order by id limit :limit offset :offset) p on true
      order by p.id\
      """;

  private final Database database;

  public DirectoryStore(Database database) {
    this.database = database;
  }

  /// What is looked for. `states`: of `active`, `inactive` and `deleted`; `key`: a folded userName;
  /// `group`: one that they are direct members of; `criteria`: a JSON array of objects with `type`
  /// (`EXACT`, `STARTS_WITH` or `CONTAINS`), `fields` (of `id`, `state`, `email`, `name`, `title`,
  /// `department`, `division`) and `values`; `home` is the division of who has none.
  public record Wanted(
      List<String> states,
      @Nullable String key,
      @Nullable UUID group,
      @Nullable List<UUID> ids,
      String criteria,
      String home,
      String enterprise) {}

  /// Somebody who is or was a user; the document is that of the last day.
  public record Entry(UUID id, long version, Instant modified, String document, String state) {}

  /// Some of all that match, in the order of their ids.
  public record Found(long total, List<Entry> entries) {
    public Found {
      entries = List.copyOf(entries);
    }
  }

  private record Row(long total, Optional<Entry> entry) {}

  public Found find(OrganizationId organization, Wanted wanted, Slice.At slice) {
    var values = Rows.of(organization);
    values.put("states", wanted.states().toArray(String[]::new));
    values.put("key", wanted.key());
    values.put("group", wanted.group());
    values.put("ids", wanted.ids() == null ? null : wanted.ids().toArray(UUID[]::new));
    values.put("criteria", wanted.criteria());
    values.put("home", wanted.home());
    values.put("enterprise", wanted.enterprise());
    values.put("limit", slice.count());
    values.put("offset", slice.offset());
    var rows =
        database
            .jdbi()
            .withHandle(h ->
                h.createQuery(PAGE)
                    .bindMap(values)
                    .map((row, _) -> new Row(row.getLong("total"), entry(row)))
                    .list());
    return new Found(
        rows.getFirst().total(), rows.stream().flatMap(row -> row.entry().stream()).toList());
  }

  private static Optional<Entry> entry(ResultSet row) throws SQLException {
    var id = row.getObject("id", UUID.class);
    if (id == null) return Optional.empty();
    return Optional.of(
        new Entry(
            id,
            row.getLong("version"),
            Rows.instant(row, "modified"),
            row.getString("document"),
            row.getString("state")));
  }
}
