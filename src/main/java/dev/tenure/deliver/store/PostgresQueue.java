package dev.tenure.deliver.store;

import dev.tenure.deliver.ChangeJson;
import dev.tenure.deliver.Leased;
import dev.tenure.deliver.PlanNumber;
import dev.tenure.deliver.Queue;
import dev.tenure.deliver.Settlement;
import dev.tenure.id.PersonKey;
import dev.tenure.plan.Lane;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.SqlStatement;
import tools.jackson.databind.node.JsonNodeFactory;

/// The queue of changes. Each method is one statement.
///
/// Which flow and which state are looked for stands in another row, not in a parameter: PostgreSQL
/// counted the queue when it was empty, and would read all of one that was filled since then for
/// each change (measured: 320 ms for a settlement of 50 among 10,000).
public final class PostgresQueue implements Queue {
  /// Whoever takes a userName waits for who gives it up; whoever makes way does that first.
  private static final String IS_READY =
      """
      (c.takes is null or c.detour is not null and c.passed is null or not exists (
        select 1 from change g
        where g.flow = :flow and g.gives = c.takes and g.passed is null
          and g.state in ('waiting', 'leased', 'held')
        offset 0))\
      """;

  /// The first ones of each plan, and of these the first ones. An older change of the same person
  /// that is being sent holds its successor back; one whose lease ran out leaves it in doubt only.
  private static final String LEASE =
      """
      with due as (
        select d.flow, d.plan, d.seq from plan p
        left join flow_pause h on h.flow = :flow
        cross join lateral (
          select c.flow, c.plan, c.lane, c.seq from change c
          where c.flow = :flow and c.plan = p.number and c.lane <= :lane
            and (h.flow is null or h.leavers and c.lane = 0)
            and (c.state = 'waiting' and c.next_at <= :now::timestamptz
              or c.state = 'leased' and c.lease_until <= :now::timestamptz and not c.overtaken)
            and not exists (
              select 1 from change e
              where e.flow = :flow and e.person = c.person and e.state = 'leased'
                and e.plan < c.plan and e.lease_until > :now::timestamptz
              -- row by row, by the index: a join would read all leases first
              offset 0)
            and (c.members = '[]' or not exists (
              -- of what may be sent for the same group the older first: it may be about the same
              -- people, of whom the newer says otherwise
              select 1 from change e
              where e.flow = :flow and e.state = 'leased' and e.members <> '[]'
                and e.account = c.account and e.plan < c.plan
                and e.lease_until > :now::timestamptz
              offset 0))
            and
      """
          + IS_READY
          + """

                order by c.lane, c.seq
                limit :count
                for update of c skip locked) d
              where p.flow = :flow and p.state = 'applying'
                and (cast(:plan as bigint) is null or p.number = cast(:plan as bigint))
              order by case when :oldest then d.plan else 0 end, d.lane, d.plan, d.seq
              limit :count)
            update change c
            set state = 'leased', attempts = c.attempts + 1,
          doubtful = c.doubtful or c.state = 'leased',
              lease_until = :until::timestamptz, leased_by = :owner
            from due
            where c.flow = due.flow and c.plan = due.plan and c.seq = due.seq
            returning c.plan, c.seq, c.lane, c.person, c.request, c.attempts, c.doubtful,
              c.detour, c.passed, c.takes is not null and not (
                select g.state = 'done' or g.passed is not null from change g
                where g.flow = :flow and g.gives = c.takes
                order by g.plan desc limit 1) as kept\
          """;

  /// What somebody holds back by now is held, and what a newer plan has overtaken superseded. The
  /// saving of that plan and this wait for each other at the row of the change.
  private static final String GIVE_BACK =
      """
      update change c
      set state = case when c.overtaken then 'superseded'
          when c.held_by_hand is not null then 'held' else 'waiting' end,
        cluster = case when c.held_by_hand is not null and c.cluster = '' then 'held by hand'
          else c.cluster end,
        attempts = c.attempts - 1, lease_until = null, leased_by = null,
        settled_at = case when c.overtaken then :now::timestamptz end
      from jsonb_to_recordset(:rows::jsonb) as s(plan bigint, seq int)
      where c.flow = :flow and c.plan = s.plan and c.seq = s.seq
        and c.state = 'leased' and c.leased_by = :owner\
      """;

  private static final String SETTLE =
      """
      with outcome as materialized (
        select cast(:flow as text) as flow, 'leased' as sent, array['waiting', 'held'] as open, o.*
        from jsonb_to_recordset(:outcomes::jsonb) as o(
          plan bigint, seq int, lane text, state text, action text, problem jsonb,
          reference text, link text, unlink boolean, found boolean, next_at timestamptz,
          doubtful boolean, refund int, seen jsonb, read_back text, steps jsonb,
          passed text)
      ), settled as (
        update change c
        set state = case when o.state <> 'waiting' then o.state
            when c.overtaken then 'superseded'
            when c.held_by_hand is not null then 'held' else 'waiting' end,
          cluster = case when o.state = 'waiting' and c.held_by_hand is not null
              and c.cluster = '' then 'held by hand' else c.cluster end,
          problem = o.problem, reference = o.reference,
          account = coalesce(o.link, c.account), next_at = coalesce(o.next_at, c.next_at),
          doubtful = o.doubtful, read_back = o.read_back, steps = o.steps,
          passed = coalesce(o.passed, c.passed),
          attempts = c.attempts - o.refund,
          lease_until = null, leased_by = null,
          settled_at =
            case when o.state <> 'waiting' or c.overtaken then :now::timestamptz end
        from outcome o
        where c.flow = o.flow and c.plan = o.plan and c.seq = o.seq
          and c.state = o.sent and c.leased_by = :owner
        returning c.person, c.name, c.account, c.request, c.reasons, c.members, c.attempts, o.*
      ), linked as (
        insert into link (flow, person, account, made_at, made_by)
        select distinct on (s.link) s.flow, s.person, s.link, :now::timestamptz, :actor
        from settled s
        where s.link is not null and not exists (
          select 1 from link l
          where l.flow = s.flow and l.account = s.link and l.person <> s.person)
        order by s.link
        on conflict (flow, person) do update
          set account = excluded.account, made_at = excluded.made_at, made_by = excluded.made_by
      ), unlinked as (
        delete from link l using settled s
        where l.flow = s.flow and l.person = s.person and s.unlink
      ), observed as (
        insert into flow_account
          (flow, account, version, active, digest, resource, unindexed, seen_at)
        select distinct on (n.account) s.flow, n.account, n.version, n.active, n.digest, n.resource,
          true, :now::timestamptz
        from settled s, jsonb_to_record(s.seen) as n(
          account text, version text, active boolean, digest uuid, resource jsonb)
        where s.seen is not null
        order by n.account
        on conflict (flow, account) do update set version = excluded.version,
          active = excluded.active, digest = excluded.digest, resource = excluded.resource,
          unindexed = true, seen_at = excluded.seen_at
      ), removed as (
        delete from flow_account a using settled s
        where a.flow = s.flow and a.account = s.account and s.unlink
        returning a.flow, a.account, a.keys
      ), forgotten as (
        delete from flow_account_key k using removed r
        where k.flow = r.flow and k.account = r.account and k.key = any(r.keys)
      ), homeless as (
        delete from flow_member m
        where m.flow = :flow and m.ctid = any(array(
          select f.ctid from removed r cross join lateral (
            select f.ctid from flow_member f
            where f.flow = :flow and f.account = r.account
            offset 0) f))
      ), came as (
        insert into flow_member (flow, group_id, account)
        select s.flow, s.request->>'group', m.account
        from settled s cross join lateral jsonb_array_elements_text(s.request->'add') as m(account)
        where s.state = 'done' and s.request->>'kind' = 'members'
        on conflict do nothing
      ), went as (
        -- row by row, by the index: a join would read all members first
        delete from flow_member m
        where m.flow = :flow and m.ctid = any(array(
          select f.ctid
          from settled s cross join jsonb_array_elements_text(s.request->'remove') g(account)
            cross join lateral (
              select f.ctid from flow_member f
              where f.flow = :flow and f.group_id = s.request->>'group' and f.account = g.account
              offset 0) f
          where s.state = 'done' and s.request->>'kind' = 'members'))
      ), overtaken as (
        update change c set state = 'stale', settled_at = :now::timestamptz
        from settled s
        where c.flow = s.flow and c.person = s.person and s.link is not null
          and c.plan > s.plan and c.state = any(s.open) and c.request->>'kind' = 'create'
      )
      insert into audit_entry (log, actor, action, subject, person, correlation, detail)
      select 'flow/' || r.flow, :actor, r.action, coalesce(r.account, r.person), w.person,
        :correlation, jsonb_strip_nulls(jsonb_build_object(
          'plan', r.plan, 'change', r.seq, 'lane', r.lane, 'name', r.name,
          'request', r.request->>'kind', 'reasons', w.reasons, 'reference', r.reference,
          'problem', r.problem, 'attempts', r.attempts, 'readBack', r.read_back,
          'steps', r.steps,
          'found', case when r.found then true end))
      from settled r cross join lateral (
      """
          + PostgresPlans.EACH_PERSON
          + """
          ) w\
          """;

  private static final String NEXT_DUE =
      """
      select min(case when c.state = 'waiting' then c.next_at else c.lease_until end)
      from plan p join change c on c.flow = :flow and c.plan = p.number
        left join flow_pause h on h.flow = :flow
      where p.flow = :flow and p.state = 'applying'
        and (cast(:plan as bigint) is null or p.number = cast(:plan as bigint))
        and (h.flow is null or h.leavers and c.lane = 0)
        and (c.state = 'waiting' or c.state = 'leased' and not c.overtaken)
        and
      """
          + IS_READY;

  private static final String OPEN =
      """
      select count(*)
      from plan p join change c on c.flow = :flow and c.plan = p.number
      where p.flow = :flow and p.state = 'applying'
        and (cast(:plan as bigint) is null or p.number = cast(:plan as bigint))
        and (c.state = 'waiting' or c.state = 'leased' and not c.overtaken)\
      """;

  private final Jdbi jdbi;

  public PostgresQueue(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  @Override
  public List<Leased> lease(Taker taker, Wish wish) {
    var lane = wish.pick() == Pick.LEAVERS ? Lane.LEAVER : Lane.COSMETIC;
    return jdbi
        .withHandle(handle ->
            of(handle.createQuery(LEASE), taker)
                .bind("owner", taker.owner())
                .bind("count", wish.count())
                .bind("lane", lane.rank())
                .bind("oldest", wish.pick() == Pick.OLDEST)
                .bind("now", wish.now())
                .bind("until", wish.until())
                .map((row, _) -> leased(row))
                .list())
        .stream()
        .sorted(
            Comparator.comparing(Leased::lane)
                .thenComparing(Leased::plan)
                .thenComparingInt(Leased::seq))
        .toList();
  }

  private static Leased leased(ResultSet row) throws SQLException {
    return new Leased(
        new PlanNumber(row.getLong("plan")),
        row.getInt("seq"),
        Lane.of(row.getInt("lane")),
        new PersonKey(row.getString("person")),
        ChangeJson.parse(row.getString("request")),
        row.getInt("attempts"),
        row.getBoolean("doubtful"),
        new Leased.Way(
            row.getBoolean("kept"),
            Optional.ofNullable(row.getString("detour")),
            Optional.ofNullable(row.getString("passed"))),
        List.of());
  }

  @Override
  public void giveBack(Taker taker, List<Leased> unsent, Instant now) {
    if (unsent.isEmpty()) return;
    var rows = JsonNodeFactory.instance.arrayNode();
    for (var leased : unsent) {
      rows.addObject().put("plan", leased.plan().value()).put("seq", leased.seq());
    }
    jdbi.useHandle(handle ->
        Binding.flow(handle.createUpdate(GIVE_BACK), taker.flow())
            .bind("owner", taker.owner())
            .bind("rows", rows.toString())
            .bind("now", now)
            .execute());
  }

  @Override
  public void settle(Taker taker, List<Settlement> settlements, Instant now) {
    if (settlements.isEmpty()) return;
    var outcomes = SettlementRows.of(settlements);
    jdbi.useHandle(handle ->
        Binding.audited(handle.createUpdate(SETTLE), taker.flow())
            .bind("owner", taker.owner())
            .bind("outcomes", outcomes)
            .bind("now", now)
            .execute());
  }

  @Override
  public Optional<Instant> nextDue(Taker taker) {
    return jdbi.withHandle(handle ->
            of(handle.createQuery(NEXT_DUE), taker)
                .map((row, _) -> Optional.ofNullable(row.getTimestamp(1)))
                .one())
        .map(java.sql.Timestamp::toInstant);
  }

  @Override
  public long open(Taker taker) {
    return jdbi.withHandle(handle -> of(handle.createQuery(OPEN), taker).mapTo(Long.class).one());
  }

  private static <S extends SqlStatement<S>> S of(S statement, Taker taker) {
    return Binding.flow(statement, taker.flow())
        .bind("plan", taker.plan().map(PlanNumber::value).orElse(null));
  }
}
