package dev.tenure.deliver.store;

import dev.tenure.deliver.ChangeJson;
import dev.tenure.deliver.PlanNumber;
import dev.tenure.deliver.PlanState;
import dev.tenure.deliver.Plans;
import dev.tenure.id.AccountId;
import dev.tenure.id.FlowId;
import dev.tenure.id.PersonKey;
import dev.tenure.plan.Change;
import dev.tenure.plan.Lane;
import dev.tenure.plan.Membership;
import dev.tenure.plan.PlanJson;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Update;
import tools.jackson.databind.node.JsonNodeFactory;

/// What older plans still have to change in groups, of some people: a request about a group is many
/// people's, and these have a share in it. Saves a newer plan about them, in somebody's
/// transaction, so that of each person and group no more than one share is open.
///
/// The share of who is wanted in the group as before stays where it is. Any other is taken out of
/// its request and superseded; the rest of the request keeps its place in the queue, its tries and
/// whoever holds it.
final class Shares {
  private static final String OF_THESE =
      """
      select distinct c.plan, c.seq
      from jsonb_array_elements_text(:people::jsonb) n
        join change c on c.flow = :flow and c.members <> '[]'
          and c.members @> jsonb_build_array(jsonb_build_object('person', n.value))
      where\
      """;

  private static final String COLUMNS =
      """
      select c.plan, c.seq, c.lane, c.person, c.name, c.request, c.reasons, c.members, c.held,
        c.cluster, c.before, c.gives, c.takes, c.detour, p.state,
        c.state = 'leased' or c.doubtful or c.attempts > 0 as sent
      from change c join plan p on p.flow = :flow and p.number = c.plan
      where c.flow = :flow and (c.plan, c.seq) in (
      """;

  private static final String OPEN =
      COLUMNS
          + OF_THESE
          + """
           c.state in ('waiting', 'held', 'leased') and not c.overtaken)
          order by c.plan, c.seq
          for update of c\
          """;

  /// A request that was not answered may have happened, whatever became of it.
  private static final String IN_DOUBT =
      COLUMNS
          + OF_THESE
          + """
           c.state = 'leased' or c.state in ('waiting', 'held') and c.doubtful)\
          """;

  private static final String LESSEN =
      """
      update change set request = :request::jsonb, reasons = :reasons::jsonb,
        members = :members::jsonb, digest = :digest
      where flow = :flow and plan = :plan and seq = :seq\
      """;

  /// Beside the rest, so that the plan tells of everybody. Of a request that was sent already all
  /// of it stays on record.
  private static final String TAKE_OUT =
      """
      insert into change (flow, plan, seq, lane, person, name, account, request, reasons, held,
        cluster, before, members, digest, state, overtaken, next_at, settled_at)
      select :flow, c.plan, l.last + 1, c.lane, c.person, c.name, c.account, :request::jsonb,
        :reasons::jsonb, c.held, c.cluster, c.before, :members::jsonb, :digest, 'superseded', true,
        c.next_at, :now::timestamptz
      from change c cross join lateral (
        select max(e.seq) as last from change e where e.flow = :flow and e.plan = :plan) l
      where c.flow = :flow and c.plan = :plan and c.seq = :seq\
      """;

  private final Handle handle;
  private final FlowId flow;
  private final Instant now;

  Shares(Handle handle, FlowId flow, Instant now) {
    this.handle = handle;
    this.flow = flow;
    this.now = now;
  }

  /// What is to be inserted; whose requests are wholly superseded, by what stands for their group;
  /// the plans in which something stays; and who may be in a group already, or out of it.
  record Divided(
      List<Change> changes,
      Set<PersonKey> superseded,
      Set<PlanNumber> staying,
      Set<Place> doubted) {
    /// Nothing is divided.
    Divided(List<Change> changes) {
      this(changes, Set.of(), Set.of(), Set.of());
    }

    Divided with(List<Change> others) {
      return new Divided(others, superseded, staying, doubted);
    }

    /// Of what may have happened, what says otherwise is in doubt as well: as long as it is not
    /// done, nobody may think that there is nothing to do.
    boolean isDoubtful(Change change) {
      return Membership.of(change).stream().map(Place::of).anyMatch(doubted::contains);
    }
  }

  /// An account in a group, which may be one that is to be made.
  record Place(AccountId account, String group) {
    static Place of(Membership one) {
      return new Place(one.account(), one.in().key());
    }
  }

  /// What makes a person's share in a request what it is.
  private record Share(PersonKey person, Place place, boolean joins, Lane lane, boolean held) {
    static Share of(Membership one, Change change) {
      return new Share(one.person(), Place.of(one), one.joins(), one.lane(), change.held());
    }
  }

  private record Open(PlanNumber plan, int seq, PlanState state, Change change, boolean sent) {}

  Divided divide(Plans.Draft draft, Set<PersonKey> people) {
    var wanted = new HashSet<Share>();
    var changes = draft.plan().changes();
    for (var change : changes) {
      Membership.of(change).forEach(one -> wanted.add(Share.of(one, change)));
    }
    var doubted = new HashSet<Place>();
    Membership.of(inDoubt(handle, flow, people)).forEach(one -> doubted.add(Place.of(one)));
    var stay = new HashSet<Share>();
    var superseded = new HashSet<PersonKey>();
    var staying = new TreeSet<PlanNumber>();
    for (var open : open(people)) {
      var out = new HashSet<Share>();
      for (var one : Membership.of(open.change())) {
        if (!people.contains(one.person())) continue;
        var share = Share.of(one, open.change());
        if (isAccepted(open) && wanted.contains(share) && stay.add(share)) staying.add(open.plan());
        else out.add(share);
      }
      if (!takeOut(open, out)) superseded.add(open.change().person());
    }
    return new Divided(without(changes, stay), superseded, staying, doubted);
  }

  private static List<Change> without(List<Change> changes, Set<Share> shares) {
    var rest = new ArrayList<Change>();
    for (var change : changes) {
      if (change.isOfGroup()) {
        Membership.part(change, one -> !shares.contains(Share.of(one, change)))
            .ifPresent(rest::add);
      } else {
        rest.add(change);
      }
    }
    return rest;
  }

  private static boolean isAccepted(Open open) {
    return open.state() == PlanState.APPLYING || open.state() == PlanState.HELD;
  }

  /// False where nothing of the request is left.
  private boolean takeOut(Open open, Set<Share> out) {
    if (out.isEmpty()) return true;
    var change = open.change();
    var left = Membership.part(change, one -> !out.contains(Share.of(one, change)));
    if (left.isEmpty()) return false;
    var taken = Membership.part(change, one -> open.sent() || out.contains(Share.of(one, change)));
    written(handle.createUpdate(LESSEN), open, left.get()).execute();
    written(handle.createUpdate(TAKE_OUT), open, taken.orElseThrow()).bind("now", now).execute();
    return true;
  }

  private Update written(Update statement, Open open, Change change) {
    return Binding.flow(statement, flow)
        .bind("plan", open.plan().value())
        .bind("seq", open.seq())
        .bind("request", ChangeJson.request(change.request()).toString())
        .bind("reasons", ChangeJson.reasons(change.reasons()).toString())
        .bind("members", PlanJson.members(change.marks().members()).toString())
        .bind("digest", ChangeJson.digest(change));
  }

  private List<Open> open(Collection<PersonKey> people) {
    return Binding.flow(handle.createQuery(OPEN), flow)
        .bind("people", names(people))
        .map((row, _) -> open(row))
        .list();
  }

  private static Open open(ResultSet row) throws SQLException {
    return new Open(
        new PlanNumber(row.getLong("plan")),
        row.getInt("seq"),
        PlanState.of(row.getString("state")),
        ChangeRows.ofGroup(row),
        row.getBoolean("sent"));
  }

  /// The changes of groups, with a share of one of these people, of which nobody knows whether they
  /// happened.
  static List<Change> inDoubt(Handle handle, FlowId flow, Collection<PersonKey> people) {
    return Binding.flow(handle.createQuery(IN_DOUBT), flow)
        .bind("people", names(people))
        .map((row, _) -> ChangeRows.ofGroup(row))
        .list();
  }

  /// As a JSON array.
  static String names(Collection<PersonKey> people) {
    var array = JsonNodeFactory.instance.arrayNode();
    people.forEach(person -> array.add(person.value()));
    return array.toString();
  }
}
