package dev.tenure.plan;

import dev.tenure.id.PersonKey;
import dev.tenure.plan.Change.Reason;
import dev.tenure.plan.Seats.Pool;
import dev.tenure.plan.Seats.WhenFull;
import dev.tenure.problem.Problem;
import dev.tenure.scim.patch.PatchOperation;
import dev.tenure.scim.patch.PatchPath;
import dev.tenure.target.Request;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/// Gives the free seats of a target's pools to those who need one, in the order of their first
/// days, and after it of their keys. What the plan frees for sure counts: it is sent before.
///
/// For whom there is no seat, nothing is planned that would take one: a joiner waits, a mover loses
/// at once what is to go, and gets later what is to come. So there is never a plan for more seats
/// than there are.
final class Seating {
  private static final Comparator<Taker> FIRST =
      Comparator.comparing(Taker::since).thenComparing(t -> t.change().person());

  private final Seats seats;
  private final Function<PersonKey, Optional<Instant>> firstDay;
  private final Predicate<PersonKey> isLocked;
  private final Map<String, Long> free = new HashMap<>();
  private final Map<PersonKey, Taker> pending = new LinkedHashMap<>();
  private final Map<PersonKey, Optional<Change>> instead = new HashMap<>();
  private final Map<String, List<String>> queues = new TreeMap<>();
  private final List<Waiting> waiting = new ArrayList<>();
  private final List<Problem> findings = new ArrayList<>();

  /// The changes that are left, what is said of the others, and who waits.
  record Seated(List<Change> changes, List<Problem> findings, List<Waiting> waiting) {}

  private Seating(
      Seats seats, Function<PersonKey, Optional<Instant>> firstDay, Predicate<PersonKey> isLocked) {
    this.seats = seats;
    this.firstDay = firstDay;
    this.isLocked = isLocked;
    seats.pools().forEach(p -> free.put(p.sku(), p.free()));
  }

  /// `changes` remember what was there before. `seats` are asked for only where somebody may need
  /// one. `isLocked`: the person's account is.
  static Seated of(
      List<Change> changes,
      Supplier<Seats> seats,
      Function<PersonKey, Optional<Instant>> firstDay,
      Predicate<PersonKey> isLocked) {
    if (changes.stream().noneMatch(Seating::mayTake)) return same(changes);
    var known = seats.get();
    if (known.pools().isEmpty() || known.whenFull() == WhenFull.OVERDRAW) return same(changes);
    return new Seating(known, firstDay, isLocked).seat(changes);
  }

  /// Also who only loses may need another seat: that of a cheaper licence.
  private static boolean mayTake(Change change) {
    var before = Grants.before(change);
    var after = Grants.after(change);
    boolean isSame = after.equals(before) || after.equals(before.whenLocked());
    return !after.equals(Grants.NONE) && !isSame;
  }

  private static Seated same(List<Change> changes) {
    return new Seated(changes, List.of(), List.of());
  }

  /// Somebody who needs seats of these licences. `without` is what is left of the change where
  /// there is none.
  private record Taker(
      Change change, Set<String> needed, Optional<Change> without, Instant since) {}

  private Seated seat(List<Change> changes) {
    var takers = new ArrayList<Taker>();
    for (var change : changes) {
      if (change.isOfGroup() || staysLocked(change)) continue;
      var needed = needed(change);
      if (needed.isEmpty()) {
        free(change);
        continue;
      }
      var without = without(change);
      without.ifPresent(this::free);
      var since = firstDay.apply(change.person()).orElse(Instant.EPOCH);
      takers.add(new Taker(change, needed, without, since));
    }
    takers.stream().sorted(FIRST).forEach(this::serve);
    pending.values().forEach(this::wait);
    queues.forEach((sku, queue) -> findings.add(Findings.poolFull(pool(sku), queue)));
    var left =
        changes.stream()
            .flatMap(c -> instead.getOrDefault(c.person(), Optional.of(c)).stream())
            .toList();
    return new Seated(left, findings, waiting);
  }

  /// Such an account neither has a seat nor needs one, where only open ones do.
  private boolean staysLocked(Change change) {
    return !seats.manner().lockedToo()
        && change.lane() != Lane.JOINER
        && isLocked.test(change.person());
  }

  private Set<String> before(Change change) {
    return seats.due(Grants.before(change));
  }

  private Set<String> after(Change change) {
    return seats.due(Grants.after(change));
  }

  private Set<String> needed(Change change) {
    var needed = new HashSet<>(after(change));
    needed.removeAll(before(change));
    return needed;
  }

  /// What a change frees that is held, nobody may count on.
  private void free(Change change) {
    if (change.held()) return;
    var freed = new HashSet<>(before(change));
    freed.removeAll(after(change));
    freed.forEach(sku -> free.merge(sku, 1L, Long::sum));
  }

  private void serve(Taker taker) {
    if (!missing(taker).isEmpty()) {
      pending.put(taker.change().person(), taker);
      return;
    }
    if (!take(taker)) return;
    for (var next = next(); next.isPresent(); next = next()) take(next.get());
  }

  /// Whether something became free by it.
  private boolean take(Taker taker) {
    taker.needed().forEach(sku -> free.merge(sku, -1L, Long::sum));
    var freed = freedTogether(taker);
    freed.forEach(sku -> free.merge(sku, 1L, Long::sum));
    return !freed.isEmpty();
  }

  /// The first who waits, and has to wait no longer.
  private Optional<Taker> next() {
    var next = pending.values().stream().filter(t -> missing(t).isEmpty()).findFirst();
    next.ifPresent(taker -> pending.remove(taker.change().person()));
    return next;
  }

  private List<String> missing(Taker taker) {
    return taker.needed().stream().filter(s -> free.getOrDefault(s, 0L) < 1).sorted().toList();
  }

  /// What a mover gives up only with what it gets.
  private Set<String> freedTogether(Taker taker) {
    if (taker.change().held()) return Set.of();
    var freed = new HashSet<>(before(taker.change()));
    freed.removeAll(after(taker.change()));
    taker
        .without()
        .ifPresent(w -> {
          var already = new HashSet<>(before(w));
          already.removeAll(after(w));
          freed.removeAll(already);
        });
    return freed;
  }

  private void wait(Taker taker) {
    var missing = missing(taker);
    var person = taker.change().person();
    instead.put(person, taker.without());
    if (seats.whenFull() == WhenFull.REFUSE) {
      findings.add(Findings.seatRefused(person, pool(missing.getFirst())));
      return;
    }
    for (var sku : missing) {
      var queue = queues.computeIfAbsent(sku, _ -> new ArrayList<>());
      queue.add(taker.change().name());
      var why = "no seat of '%s' is free; number %d in the queue".formatted(sku, queue.size());
      waiting.add(new Waiting(person, Waiting.SEAT, why, Optional.empty()));
    }
  }

  private Pool pool(String sku) {
    return seats.pools().stream().filter(p -> p.sku().equals(sku)).findFirst().orElseThrow();
  }

  /// The change without what needs a seat; nothing of one that makes or opens an account. Where
  /// what is left would need one too (of a cheaper licence), what the account has stays.
  private Optional<Change> without(Change change) {
    if (change.lane() == Lane.JOINER
        || !(change.request() instanceof Request.Patch(_, var operations, _))) {
      return Optional.empty();
    }
    var lessened =
        with(change, operations.stream().flatMap(o -> without(change, o).stream()).toList());
    if (lessened.map(this::needed).orElse(Set.of()).isEmpty()) return lessened;
    return with(
        change,
        operations.stream()
            .filter(o -> !isGrant(o.path().attribute().attribute().name()))
            .toList());
  }

  private static Optional<Change> with(Change change, List<PatchOperation> left) {
    if (left.isEmpty()) return Optional.empty();
    var patch = (Request.Patch) change.request();
    var names = left.stream().map(o -> o.path().attribute().attribute().name()).toList();
    var reasons =
        change.reasons().stream()
            .filter(r -> !isGrant(r.attribute()) || names.contains(Reasons.top(r.attribute())))
            .map(r -> isGrant(r.attribute()) ? lessened(r, left) : r)
            .toList();
    var request = new Request.Patch(patch.account(), left, patch.ifMatch());
    return Optional.of(
        new Change(
            change.lane(), change.person(), change.name(), request, reasons, change.marks()));
  }

  private static boolean isGrant(String attribute) {
    return attribute.equals(Grants.ROLES) || attribute.equals(Grants.LICENCES);
  }

  private static Reason lessened(Reason reason, List<PatchOperation> operations) {
    var after =
        operations.stream()
            .filter(o -> o.path().attribute().attribute().name().equals(reason.attribute()))
            .flatMap(o -> given(o).stream())
            .map(Reasons::words)
            .distinct()
            .collect(Collectors.joining(", "));
    return new Reason(reason.attribute(), reason.before(), after, reason.because());
  }

  private static List<JsonNode> given(PatchOperation operation) {
    return switch (operation) {
      case PatchOperation.Add(_, var value) -> Values.elements(value);
      case PatchOperation.Replace(_, var value) -> Values.elements(value);
      case PatchOperation.Remove _ -> List.of();
    };
  }

  private static boolean isOfPart(PatchPath path) {
    return path.values().isPresent() || path.attribute().sub().isPresent();
  }

  private Set<String> brought(JsonNode value) {
    var name = Set.of(Grants.name(value));
    return seats.due(new Grants(name, name, false));
  }

  /// The operation without those values that are new and bring another seat; none where it then
  /// changes nothing.
  private Optional<PatchOperation> without(Change change, PatchOperation operation) {
    var name = operation.path().attribute().attribute().name();
    if (!isGrant(name) || operation instanceof PatchOperation.Remove) return Optional.of(operation);
    var had = Values.elements(Values.member(change.before(), name));
    var names = had.stream().map(Grants::name).toList();
    var before = before(change);
    if (isOfPart(operation.path())) {
      boolean isNew =
          given(operation).stream()
              .anyMatch(v -> !names.contains(Grants.name(v)) && !before.containsAll(brought(v)));
      return isNew ? Optional.empty() : Optional.of(operation);
    }
    var kept = JsonNodeFactory.instance.arrayNode();
    given(operation).stream()
        .filter(v -> names.contains(Grants.name(v)) || before.containsAll(brought(v)))
        .forEach(kept::add);
    var path = operation.path();
    if (operation instanceof PatchOperation.Add) {
      return kept.isEmpty() ? Optional.empty() : Optional.of(new PatchOperation.Add(path, kept));
    }
    var left = kept.valueStream().map(Grants::name).toList();
    if (left.containsAll(names)) {
      return left.size() == names.size()
          ? Optional.empty()
          : Optional.of(new PatchOperation.Replace(path, kept));
    }
    return kept.isEmpty()
        ? Optional.of(new PatchOperation.Remove(path, JsonNodeFactory.instance.nullNode()))
        : Optional.of(new PatchOperation.Replace(path, kept));
  }
}
