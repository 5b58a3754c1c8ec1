package dev.tenure.cli.bench.store;

import dev.tenure.database.Database;
import dev.tenure.deliver.PlanNumber;
import dev.tenure.id.FlowId;
import java.util.Map;

/// Creations in great numbers, in a plan that was accepted, such as planning would have queued
/// them.
public final class Backlog {
  private static final String PLAN =
      """
      insert into plan (flow, number, made_at, made_by, state, population, findings, links)
      values (:flow, 1, now(), 'bench', 'applying', '{"inScope": 1, "accounts": 1, "linked": 1}',
        '[]', '[]')\
      """;

  private static final String LAST =
      """
      insert into flow_state (flow, last_plan) values (:flow, 1)
      on conflict (flow) do update set last_plan = 1\
      """;

  private static final String CHANGES =
      """
      insert into change (flow, plan, seq, lane, person, name, request, reasons, held, digest,
        state, next_at)
      select :flow, 1, n, 2, 'M' || n, 'million' || n || '@example.com', jsonb_build_object(
          'kind', 'create', 'account', jsonb_build_object(
            'schemas', jsonb_build_array('urn:ietf:params:scim:schemas:core:2.0:User'),
            'userName', 'million' || n || '@example.com', 'externalId', 'M' || n,
            'displayName', 'Name ' || n, 'title', 'Agent', 'active', true)),
        '[]', false, 'digest ' || n, 'waiting', now()
      from generate_series(1, cast(:size as integer)) n\
      """;

  private Backlog() {}

  /// Queues so many creations, in the first plan of a flow that has none.
  public static PlanNumber queue(Database database, FlowId flow, int size) {
    var names = Map.of("flow", flow.value());
    database
        .jdbi()
        .useTransaction(handle -> {
          handle.createUpdate(PLAN).bindMap(names).execute();
          handle.createUpdate(LAST).bindMap(names).execute();
          handle.createUpdate(CHANGES).bindMap(names).bind("size", size).execute();
        });
    database.jdbi().useHandle(handle -> handle.execute("vacuum analyze change"));
    return new PlanNumber(1);
  }
}
