package dev.tenure.deliver.store;

import dev.tenure.deliver.ChangeJson;
import dev.tenure.deliver.budget.Books;
import dev.tenure.deliver.budget.TargetState;
import dev.tenure.id.Correlation;
import java.time.Clock;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jdbi.v3.core.Jdbi;
import tools.jackson.databind.JsonNode;

/// The state of targets: a row for each, which all flows and nodes share. What is lost of it in a
/// crash is learned again.
public final class PostgresBooks implements Books {
  private static final String BEGIN =
      """
      insert into target_state (target) values (:target)
      on conflict (target) do nothing\
      """;

  private static final String LOCK =
      """
      select state from target_state
      where target = :target
      for update\
      """;

  private static final String PUT =
      """
      update target_state set state = :state::jsonb
      where target = :target\
      """;

  private static final String READ = "select state from target_state where target = :target";

  private static final String ALL =
      """
      select target, state from target_state order by target\
      """;

  private static final String NOTE =
      """
      insert into audit_entry (log, actor, action, subject, correlation, detail)
      values (:log, :actor, :action, :target, :correlation, :detail::jsonb)\
      """;

  private static final String LOG = "system/targets";
  private static final String NO_HURRY = "set local synchronous_commit = off";

  private final Jdbi jdbi;
  private final Clock clock;

  public PostgresBooks(Jdbi jdbi, Clock clock) {
    this.jdbi = jdbi;
    this.clock = clock;
  }

  @Override
  public JsonNode change(String target, UnaryOperator<JsonNode> change) {
    return jdbi.inTransaction(handle -> {
      handle.execute(NO_HURRY);
      var kept = handle.createQuery(LOCK).bind("target", target).mapTo(String.class).findOne();
      if (kept.isEmpty()) {
        handle.createUpdate(BEGIN).bind("target", target).execute();
        kept = handle.createQuery(LOCK).bind("target", target).mapTo(String.class).findOne();
      }
      var next = change.apply(ChangeJson.parse(kept.orElse("{}")));
      handle.createUpdate(PUT).bind("target", target).bind("state", next.toString()).execute();
      return next;
    });
  }

  @Override
  public JsonNode read(String target) {
    return jdbi.withHandle(handle ->
        handle
            .createQuery(READ)
            .bind("target", target)
            .mapTo(String.class)
            .findOne()
            .map(ChangeJson::parse)
            .orElseGet(() -> ChangeJson.parse("{}")));
  }

  @Override
  public List<TargetState> all() {
    return jdbi.withHandle(handle ->
        handle
            .createQuery(ALL)
            .map((row, _) ->
                TargetState.of(
                    row.getString("target"),
                    ChangeJson.parse(row.getString("state")),
                    clock.instant()))
            .list());
  }

  @Override
  public void note(String target, String action, JsonNode detail) {
    var correlation = Correlation.current();
    jdbi.useHandle(handle ->
        handle
            .createUpdate(NOTE)
            .bind("log", LOG)
            .bind("target", target)
            .bind("action", action)
            .bind("detail", detail.toString())
            .bind("actor", correlation.actor())
            .bind("correlation", correlation.id())
            .execute());
  }
}
