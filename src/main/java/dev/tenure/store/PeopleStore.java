package dev.tenure.store;

import dev.tenure.database.Database;
import dev.tenure.flow.PersonRecord;
import dev.tenure.id.FlowId;
import dev.tenure.id.PersonKey;
import dev.tenure.source.Person;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// The people of a flow, page by page in the order of their keys.
public final class PeopleStore {
  private static final String PAGE =
      """
      select p.person, p.record, p.changed_at, p.gone_at, l.account
      from flow_person p left join link l on l.flow = :flow and l.person = p.person
      where p.flow = :flow and p.person > :after
      order by p.person limit :count\
      """;

  /// Whose key begins so, or who has all these words, or beginnings of words, in their values.
  private static final String SEARCH =
      """
      select p.person, p.record, p.changed_at, p.gone_at, l.account
      from flow_person p left join link l on l.flow = :flow and l.person = p.person
      where p.flow = :flow and p.person > :after and p.person in (
        select k.person from flow_person k
        where k.flow = :flow and k.person >= :text and k.person < :end
        union
        select w.person from flow_person w where w.flow = :flow
          and to_tsvector('simple', w.record -> 'attributes') @@ to_tsquery('simple', :words))
      order by p.person limit :count\
      """;

  private static final String PAST =
      """
      select person, record, since as changed_at, gone_at, cast(null as text) as account
      from flow_person_past where flow = :flow and person = :person
      order by until desc limit :count\
      """;

  private final Database database;

  public PeopleStore(Database database) {
    this.database = database;
  }

  /// Which people are shown: all, or those who are found by this text.
  public record Wanted(Optional<String> text, String after, int count) {}

  /// Somebody as they were, since when, and their account.
  public record Row(
      Person person, Instant changedAt, Optional<Instant> goneAt, Optional<String> account) {}

  /// Those after the last one of the page before.
  public List<Row> page(FlowId flow, Wanted wanted) {
    var words = wanted.text().map(PeopleStore::words).orElse("");
    return database
        .jdbi()
        .withHandle(h -> {
          var query =
              h.createQuery(words.isEmpty() ? PAGE : SEARCH)
                  .bind("flow", flow.value())
                  .bind("after", wanted.after())
                  .bind("count", wanted.count());
          if (!words.isEmpty()) {
            var text = wanted.text().orElse("");
            query.bind("text", text).bind("end", text + Character.MAX_VALUE).bind("words", words);
          }
          return query.map((row, _) -> row(row)).list();
        });
  }

  /// Every word as the beginning of one: `meier & anna:*`. What is neither letter nor digit parts
  /// words, but for what addresses are made of.
  private static String words(String text) {
    var words = new StringBuilder();
    for (var word : text.replaceAll("[^\\p{L}\\p{N}@._-]+", " ").strip().split(" ", -1)) {
      if (word.isEmpty()) continue;
      words.append(words.isEmpty() ? "" : " & ").append('\'').append(word).append("':*");
    }
    return words.toString();
  }

  /// What somebody was before, the newest first.
  public List<Row> past(FlowId flow, PersonKey person, int count) {
    return database
        .jdbi()
        .withHandle(h ->
            h.createQuery(PAST)
                .bind("flow", flow.value())
                .bind("person", person.value())
                .bind("count", count)
                .map((row, _) -> row(row))
                .list());
  }

  private static Row row(ResultSet row) throws SQLException {
    var key = new PersonKey(row.getString("person"));
    return new Row(
        PersonRecord.read(key, row.getString("record")),
        row.getTimestamp("changed_at").toInstant(),
        Optional.ofNullable(row.getTimestamp("gone_at")).map(t -> t.toInstant()),
        Optional.ofNullable(row.getString("account")));
  }
}
