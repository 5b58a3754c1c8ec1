package dev.tenure.plan;

import dev.tenure.id.PersonKey;
import dev.tenure.plan.Change.Reason;
import dev.tenure.plan.Membership.In;
import dev.tenure.target.Request;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Makes as few requests as possible of what people's memberships need: for each group the leavers
/// by themselves, so that nothing of others can keep them in (law 3), and all the rest together,
/// each in chunks. People whom the guard holds are in requests of their own.
final class Gathering {
  private static final Comparator<Membership> ORDER =
      Comparator.comparing(Membership::joins)
          .thenComparing(Membership::person)
          .thenComparing(m -> m.account().value());

  /// A person's key has this length at most.
  private static final int SUBJECT_MAX = 180;

  private final int chunkMax;
  private final Map<PersonKey, String> held;
  private final List<Change> changes = new ArrayList<>();
  private final List<Waiting> waiting = new ArrayList<>();
  private final Map<String, Integer> numbers = new HashMap<>();

  /// What goes into requests together: `id` is empty for a group that is to be made; `cluster` is
  /// empty for what is not held.
  private record Bundle(String id, String name, boolean leavers, String cluster)
      implements Comparable<Bundle> {
    private static final Comparator<Bundle> BY_ALL =
        Comparator.comparing(Bundle::id)
            .thenComparing(Bundle::name)
            .thenComparing(b -> !b.leavers())
            .thenComparing(Bundle::cluster);

    @Override
    public int compareTo(Bundle other) {
      return BY_ALL.compare(this, other);
    }
  }

  /// `held` are the people whom the guard holds, each as part of a cluster.
  Gathering(int chunkMax, Map<PersonKey, String> held) {
    this.chunkMax = chunkMax;
    this.held = held;
  }

  void gather(List<Membership> memberships) {
    var bundles = new TreeMap<Bundle, List<Membership>>();
    for (var one : memberships) {
      bundles.computeIfAbsent(bundle(one), _ -> new ArrayList<>()).add(one);
    }
    bundles.forEach((bundle, members) -> {
      members.sort(ORDER);
      if (bundle.id().isEmpty()) create(bundle, members);
      else change(bundle, members);
    });
  }

  private Bundle bundle(Membership one) {
    var id = one.in().id().map(Object::toString).orElse("");
    // The name of a group that there is does not tell it from another, its id does.
    var name = id.isEmpty() ? one.in().folded() : "";
    var leaves = one.lane() == Lane.LEAVER;
    return new Bundle(id, name, leaves, held.getOrDefault(one.person(), ""));
  }

  /// The changes of groups, in no particular order.
  List<Change> changes() {
    return changes;
  }

  /// Who comes into a group later.
  List<Waiting> waiting() {
    return waiting;
  }

  private void change(Bundle bundle, List<Membership> members) {
    for (var from = 0; from < members.size(); from += chunkMax) {
      var chunk = members.subList(from, Math.min(from + chunkMax, members.size()));
      var group = chunk.getFirst().in().id().orElseThrow();
      var out = Membership.accounts(chunk, false);
      var request = new Request.Members(group, out, Membership.accounts(chunk, true));
      add(bundle, subject("group:" + bundle.id()), request, chunk);
    }
  }

  /// Who has no room in the request that makes the group comes in when it has an id; who is held,
  /// when it is there.
  private void create(Bundle bundle, List<Membership> members) {
    var name = members.getFirst().in().name();
    if (!bundle.cluster().isEmpty()) {
      members.forEach(m -> await(m, "the guard holds what is planned for them"));
      return;
    }
    var now = members.subList(0, Math.min(chunkMax, members.size()));
    var accounts = now.stream().map(Membership::account).toList();
    add(bundle, subject("new-group:" + name), new Request.CreateGroup(name, accounts), now);
    var later = members.subList(now.size(), members.size());
    later.forEach(m -> await(m, "the group '" + name + "' is made first"));
  }

  private void await(Membership one, String why) {
    waiting.add(new Waiting(one.person(), Membership.GROUPS, why, Optional.empty()));
  }

  /// Each change of a plan has a subject of its own.
  private PersonKey subject(String group) {
    var cut = group.length() > SUBJECT_MAX ? group.substring(0, SUBJECT_MAX) : group;
    return new PersonKey(cut + "/" + numbers.merge(cut, 1, Integer::sum));
  }

  private void add(Bundle bundle, PersonKey subject, Request request, List<Membership> chunk) {
    var reasons = new ArrayList<Reason>();
    if (bundle.id().isEmpty()) {
      reasons.add(new Reason("", "", "created", "the target has no group of this name"));
    }
    chunk.forEach(one -> reasons.add(one.reason()));
    In in = chunk.getFirst().in();
    var lane = chunk.stream().map(Membership::lane).min(Comparator.naturalOrder()).orElseThrow();
    var marks = Change.Marks.about(chunk.stream().map(Membership::member).toList());
    var change = new Change(lane, subject, in.name(), request, reasons, marks);
    changes.add(bundle.cluster().isEmpty() ? change : change.heldAs(bundle.cluster()));
  }
}
