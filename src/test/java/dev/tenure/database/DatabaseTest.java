package dev.tenure.database;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenure.testkit.TestDatabase;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.generic.GenericType;
import org.junit.jupiter.api.Test;

final class DatabaseTest {
  @Test
  void instantsUuidsAndArraysComeBackAsTheyWent() {
    var id = UUID.fromString("018f2b7c-0000-7000-8000-000000000001");
    var at = Instant.parse("2026-03-29T01:30:00.123456Z");
    try (var database = TestDatabase.fresh();
        var handle = database.jdbi().open()) {
      handle.execute("create table thing (id uuid, at timestamptz, names text[], ids uuid[])");
      handle
          .createUpdate("insert into thing values (:id, :at, :names, :ids)")
          .bind("id", id)
          .bind("at", at)
          .bindArray("names", String.class, "a", "b")
          .bindArray("ids", UUID.class, id)
          .execute();
      var query = "select id, at, names, ids from thing";
      var row = handle.createQuery(query).mapToMap().one();
      assertThat(row).containsEntry("id", id);
      assertThat(handle.createQuery("select at from thing").mapTo(Instant.class).one())
          .isEqualTo(at);
      assertThat(
              handle
                  .createQuery("select names from thing")
                  .mapTo(new GenericType<List<String>>() {})
                  .one())
          .containsExactly("a", "b");
    }
  }
}
