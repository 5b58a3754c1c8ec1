package dev.tenure.licence.store;

import dev.tenure.database.Database;
import dev.tenure.licence.Day;
import dev.tenure.licence.Home;
import dev.tenure.licence.Home.Elsewhere;
import dev.tenure.licence.Home.Hosted;
import java.time.LocalDate;
import java.util.List;
import org.jdbi.v3.core.statement.SqlStatement;
import tools.jackson.databind.node.JsonNodeFactory;

/// The pools day by day: of organizations in a table that is theirs, of targets elsewhere in a
/// small one of all.
public final class DayStore {
  private static final String KEEP =
      """
      insert into licence_day (organization, sku, day, seats, used, reserved, reclaimable)
      select :organization, n.sku, n.day, n.seats, n.used, n.reserved, n.reclaimable
      from jsonb_to_recordset(cast(:rows as jsonb)) as n(sku text, day date, seats bigint,
        used bigint, reserved bigint, reclaimable bigint)
      on conflict (organization, sku, day) do update set seats = excluded.seats,
        used = excluded.used, reserved = excluded.reserved, reclaimable = excluded.reclaimable\
      """;

  private static final String FORGET =
      """
      delete from licence_day where organization = :organization and day < :before\
      """;

  private static final String DAYS =
      """
      select sku, day, seats, used, reserved, reclaimable from licence_day
      where organization = :organization and day >= :since order by sku, day\
      """;

  private static final String KEEP_ELSEWHERE =
      """
      insert into target_licence_day (target, sku, day, seats, used, reserved, reclaimable)
      select :target, n.sku, n.day, n.seats, n.used, n.reserved, n.reclaimable
      from jsonb_to_recordset(cast(:rows as jsonb)) as n(sku text, day date, seats bigint,
        used bigint, reserved bigint, reclaimable bigint)
      on conflict (target, sku, day) do update set seats = excluded.seats,
        used = excluded.used, reserved = excluded.reserved, reclaimable = excluded.reclaimable\
      """;

  /// Also what was declared until today: the last day says what there is.
  private static final String FORGET_ELSEWHERE =
      """
      delete from target_licence_day where target = :target
        and (day < :before or day = :today and sku <> all(:skus))\
      """;

  private static final String DAYS_ELSEWHERE =
      """
      select sku, day, seats, used, reserved, reclaimable from target_licence_day
      where target = :target and day >= :since order by sku, day\
      """;

  private final Database database;

  public DayStore(Database database) {
    this.database = database;
  }

  /// Keeps these as they are today, and forgets the days before.
  public void keep(Home home, List<Day> today, LocalDate before) {
    if (today.isEmpty()) return;
    var rows = JsonNodeFactory.instance.arrayNode();
    for (var day : today) {
      var row = rows.addObject().put("sku", day.sku()).put("day", day.day().toString());
      row.put("seats", day.seats()).put("used", day.used());
      row.put("reserved", day.reserved()).put("reclaimable", day.reclaimable());
    }
    var keep = of(home, KEEP, KEEP_ELSEWHERE);
    var forget = of(home, FORGET, FORGET_ELSEWHERE);
    database
        .jdbi()
        .useTransaction(h -> {
          of(h.createUpdate(keep), home).bind("rows", rows.toString()).execute();
          of(h.createUpdate(forget), home)
              .bind("before", before)
              .bind("today", today.getFirst().day())
              .bind("skus", today.stream().map(Day::sku).toArray(String[]::new))
              .execute();
        });
  }

  /// The days since then, by pool, the first first.
  public List<Day> days(Home home, LocalDate since) {
    var days = of(home, DAYS, DAYS_ELSEWHERE);
    return database
        .jdbi()
        .withHandle(h ->
            of(h.createQuery(days), home)
                .bind("since", since)
                .map((row, _) ->
                    new Day(
                        row.getString("sku"),
                        row.getObject("day", LocalDate.class),
                        row.getLong("seats"),
                        row.getLong("used"),
                        row.getLong("reserved"),
                        row.getLong("reclaimable")))
                .list());
  }

  private static String of(Home home, String hosted, String elsewhere) {
    return home instanceof Hosted ? hosted : elsewhere;
  }

  private static <S extends SqlStatement<S>> S of(S statement, Home home) {
    return switch (home) {
      case Hosted(var id) -> statement.bind("organization", id.value());
      case Elsewhere(var name) -> statement.bind("target", name);
    };
  }
}
