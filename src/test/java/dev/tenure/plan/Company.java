package dev.tenure.plan;

import dev.tenure.id.AccountId;
import dev.tenure.id.PersonKey;
import dev.tenure.policy.Desired;
import dev.tenure.policy.Standing;
import dev.tenure.policy.Standing.LeaverEvent;
import dev.tenure.target.Account;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;

/// A company whose accounts are as the rules want them, until something happens to its source or
/// its target. What happens is written by the methods; [#world] is what a plan is made from then.
final class Company {
  private static final List<String> GIVEN =
      List.of("Ann", "Bo", "Çelin", "Dörte", "Eva", "Finn", "Gül", "Hans", "Inês", "Jörg", "Kim");
  private static final List<String> FAMILY =
      List.of("Adler", "Bäcker", "Çelik", "Dupré", "Evans", "Fuß", "García", "Hall", "Ide", "Jung");
  private static final List<String> TITLES = List.of("Agent", "Agent", "Agent", "Lead", "Admin");
  private static final List<String> DEPARTMENTS =
      List.of("Sales", "Service", "IT", "Legal", "Finance", "Logistics", "Design", "Board");
  private static final List<String> SITES = List.of("Berlin", "Köln", "Wien", "Bern");

  /// Somebody as the source has them.
  record Worker(String key, Map<String, String> facts) {
    String get(String fact) {
      return facts.getOrDefault(fact, "");
    }

    Worker with(String fact, String value) {
      var more = new LinkedHashMap<>(facts);
      more.put(fact, value);
      return new Worker(key, more);
    }

    Worker called(String other) {
      return new Worker(other, facts);
    }
  }

  final RandomGenerator random;
  private final Map<String, Worker> staff = new LinkedHashMap<>();
  private final Map<String, Standing> left = new LinkedHashMap<>();
  private final Map<String, Account> accounts = new LinkedHashMap<>();
  private final Map<String, String> links = new LinkedHashMap<>();
  private final Map<PersonKey, Former> former = new HashMap<>();
  private final IdentityHashMap<Worker, Desired> mapped = new IdentityHashMap<>();
  private boolean complete = true;
  private int hired;

  Company(RandomGenerator random, int size) {
    this.random = random;
    for (var i = 0; i < size; i++) hire(worker());
    settle();
  }

  /// Somebody new, not hired yet.
  Worker worker() {
    var number = hired++;
    var facts = new LinkedHashMap<String, String>();
    var department = DEPARTMENTS.get(number % DEPARTMENTS.size());
    facts.put("given", GIVEN.get(random.nextInt(GIVEN.size())));
    facts.put("family", FAMILY.get(random.nextInt(FAMILY.size())) + number);
    facts.put("department", department);
    facts.put("division", number % DEPARTMENTS.size() < 3 ? "Care" : "Home");
    facts.put("title", TITLES.get(random.nextInt(TITLES.size())));
    facts.put("role", facts.get("title"));
    facts.put("type", number % 9 == 0 ? "Contractor" : "Employee");
    facts.put("site", SITES.get(number % 7 % SITES.size()));
    facts.put("ou", "OU=" + SITES.get(number % 7 % SITES.size()) + ",DC=corp");
    facts.put("group", "Team " + number % 11);
    facts.put("login", "u" + number + "@corp.example");
    facts.put("mail", "u" + number + "@mail.example");
    return new Worker("E" + (1000 + number), facts);
  }

  Company hire(Worker worker) {
    staff.put(worker.key(), worker);
    return this;
  }

  /// Everything was applied: the accounts are as the rules want them.
  Company settle() {
    for (var worker : staff.values()) {
      var id = "a" + worker.key();
      links.put(worker.key(), id);
      accounts.put(id, account(id, desired(worker)));
      former.put(new PersonKey(worker.key()), former(worker));
    }
    left.keySet().forEach(this::lock);
    return this;
  }

  /// The same for those who are gone.
  Company lockGone() {
    links.keySet().stream().filter(key -> !staff.containsKey(key)).forEach(this::lock);
    return this;
  }

  private void lock(String key) {
    var account = accounts.get("a" + key);
    if (account == null || !account.isActive()) return;
    var json = account.resource().json().put("active", false);
    accounts.put("a" + key, Rules.account("a" + key, json.toString()));
  }

  private static Former former(Worker worker) {
    return new Former(
        List.of(new Trait("ou", worker.get("ou")), new Trait("group", worker.get("group"))));
  }

  private static Account account(String id, Desired desired) {
    return new Account(new AccountId(id), Optional.of("1"), Blueprint.of(desired, Rules.USER));
  }

  /// Each version of somebody is mapped once.
  private Desired desired(Worker worker) {
    return mapped.computeIfAbsent(worker, Company::map);
  }

  private static Desired map(Worker worker) {
    return Rules.in(
            worker.key(),
            worker.get("login"),
            "name.givenName",
            quoted(worker.get("given")),
            "name.familyName",
            quoted(worker.get("family")),
            "displayName",
            quoted((worker.get("given") + " " + worker.get("family")).strip()),
            "emails[type eq \"work\"].value",
            quoted(worker.get("mail")),
            "title",
            quoted(worker.get("title")),
            "userType",
            quoted(worker.get("type")),
            "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department",
            quoted(worker.get("department")),
            "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:division",
            quoted(worker.get("division")),
            "addresses[type eq \"work\"].locality",
            quoted(worker.get("site")),
            "roles",
            worker.get("role").isEmpty()
                ? "[]"
                : "[{\"value\":" + quoted(worker.get("role")) + "}]")
        .desired();
  }

  private static String quoted(String text) {
    return text.isEmpty() ? "null" : "\"" + text + "\"";
  }

  List<Worker> staff() {
    return List.copyOf(staff.values());
  }

  List<Worker> staff(Predicate<Worker> who) {
    return staff.values().stream().filter(who).toList();
  }

  Worker any() {
    var all = staff();
    return all.get(random.nextInt(all.size()));
  }

  /// So many of them.
  List<Worker> some(List<Worker> of, int count) {
    var pool = new ArrayList<>(of);
    java.util.Collections.shuffle(pool, random);
    return pool.subList(0, Math.min(count, pool.size()));
  }

  Company gone(List<Worker> workers) {
    workers.forEach(w -> staff.remove(w.key()));
    return this;
  }

  Company leave(List<Worker> workers, LeaverEvent event) {
    for (var worker : workers) {
      staff.remove(worker.key());
      var why = event.name().toLowerCase(Locale.ROOT).replace('_', ' ');
      left.put(worker.key(), new Standing.Left(new PersonKey(worker.key()), event, why));
    }
    return this;
  }

  /// Those who left are back, all at once.
  Company allBack(List<Worker> workers) {
    workers.forEach(w -> left.remove(w.key()));
    workers.forEach(this::hire);
    return this;
  }

  Company change(List<Worker> workers, UnaryOperator<Worker> how) {
    for (var worker : workers) {
      staff.remove(worker.key());
      hire(how.apply(worker));
    }
    return this;
  }

  Company forget(List<Worker> workers) {
    workers.forEach(w -> accounts.remove("a" + w.key()));
    return this;
  }

  Company cutShort() {
    complete = false;
    return this;
  }

  World world() {
    var standings = new ArrayList<Standing>(left.values());
    staff.values().forEach(w -> standings.add(new Standing.InScope(desired(w))));
    var kept = new ArrayList<Link>();
    links.forEach((person, account) -> kept.add(Rules.link(person, account)));
    return new World(standings, complete, List.copyOf(accounts.values()), kept)
        .with(LeaveTimes.UNKNOWN, former);
  }

  static Plan plan(PlanPolicy policy, World world) {
    return new Planner(Rules.USER, policy).plan(world);
  }
}
