package dev.tenure;

import dev.tenure.id.PersonKey;
import dev.tenure.problem.Code;
import dev.tenure.problem.Problem;
import dev.tenure.source.Feed;
import dev.tenure.source.Person;
import dev.tenure.source.Source;
import dev.tenure.source.SourceSchema;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/// People in memory, who are hired, renamed and dismissed, and who are read by halves. In some
/// worlds it tells of changes by a feed.
final class SimulatedStaff implements Source {
  /// One of them. Who has no address is a bad record: the rules cannot decide.
  record Member(String mail, String title, String dept) {
    Member called(String other) {
      return new Member(other, title, dept);
    }

    Member with(String other) {
      return new Member(mail, other, dept);
    }

    Member in(String other) {
      return new Member(mail, title, other);
    }

    private Person person(String key) {
      var attributes = new TreeMap<String, List<String>>();
      attributes.put("id", List.of(key));
      if (!mail.isEmpty()) attributes.put("mail", List.of(mail));
      attributes.put("title", List.of(title));
      attributes.put("dept", List.of(dept));
      return new Person(new PersonKey(key), attributes, Map.of(), false);
    }
  }

  private final SourceSchema schema;
  private final RandomGenerator random;
  private final TreeMap<String, Member> members = new TreeMap<>();
  private final List<String> changed = new ArrayList<>();
  private final boolean hasFeed;
  private boolean faulty = true;

  SimulatedStaff(SourceSchema schema, RandomGenerator random) {
    this.schema = schema;
    this.random = random;
    this.hasFeed = random.nextBoolean();
  }

  void put(String key, Member member) {
    members.put(key, member);
    changed.add(key);
  }

  void remove(String key) {
    members.remove(key);
    changed.add(key);
  }

  Member member(String key) {
    return Objects.requireNonNull(members.get(key));
  }

  Map<String, Member> members() {
    return members;
  }

  void heal() {
    faulty = false;
  }

  @Override
  public SourceSchema schema() {
    return schema;
  }

  @Override
  public ReadOutcome read(Consumer<Person> people) {
    var cut =
        faulty && random.nextInt(5) == 0 ? random.nextInt(members.size() + 1) : Long.MAX_VALUE;
    members.entrySet().stream()
        .limit(cut)
        .forEach(m -> people.accept(m.getValue().person(m.getKey())));
    if (cut == Long.MAX_VALUE) return new ReadOutcome.Complete(members.size(), List.of());
    return new ReadOutcome.Incomplete(cut, cut(), List.of());
  }

  private static Problem cut() {
    return new Problem(
        Code.SOURCE_INCOMPLETE, "the read was cut", Map.of(), "look into the source");
  }

  @Override
  public Optional<Feed> feed() {
    return hasFeed ? Optional.of(new Changes()) : Optional.empty();
  }

  private final class Changes implements Feed {
    @Override
    public Optional<Cursor> begin() {
      return Optional.of(place(changed.size()));
    }

    private static Cursor place(int index) {
      return new Cursor(Integer.toString(index));
    }

    @Override
    public FeedOutcome since(Cursor cursor, Known known, Consumer<Event> events) {
      int fate = faulty ? random.nextInt(12) : 2;
      if (fate == 0) return new FeedOutcome.Expired(cut());
      int end = changed.size();
      for (int i = Integer.parseInt(cursor.value()); i < end; i++) {
        if (fate == 1 && random.nextInt(3) == 0) return new FeedOutcome.Failed(cut());
        events.accept(event(changed.get(i)));
      }
      return new FeedOutcome.Read(place(end), List.of());
    }

    private Event event(String key) {
      return Optional.ofNullable(members.get(key))
          .<Event>map(m -> new Event.Changed(m.person(key)))
          .orElseGet(() -> new Event.Gone(new PersonKey(key)));
    }

    @Override
    public void await(Cursor cursor, Duration longest) {}
  }
}
