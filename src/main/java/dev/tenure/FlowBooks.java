package dev.tenure;

import dev.tenure.database.Database;
import dev.tenure.deliver.store.PostgresLinks;
import dev.tenure.deliver.store.PostgresObserved;
import dev.tenure.deliver.store.PostgresObservedGroups;
import dev.tenure.deliver.store.PostgresPauses;
import dev.tenure.deliver.store.PostgresPlans;
import dev.tenure.flow.Cycle;
import dev.tenure.flow.store.PostgresAgenda;
import dev.tenure.flow.store.PostgresEveryone;
import dev.tenure.flow.store.PostgresEvictions;
import dev.tenure.flow.store.PostgresExclusions;
import dev.tenure.flow.store.PostgresFlowLocks;
import dev.tenure.flow.store.PostgresKnownPeople;
import dev.tenure.flow.store.PostgresPlaces;
import java.time.Clock;

/// What flows keep in the database.
final class FlowBooks {
  private FlowBooks() {}

  static Cycle.Books of(Database database, Clock clock) {
    var jdbi = database.jdbi();
    return new Cycle.Books(
        new PostgresPlans(jdbi, clock),
        new PostgresLinks(jdbi, clock),
        new PostgresFlowLocks(jdbi),
        new PostgresKnownPeople(jdbi, clock),
        new PostgresAgenda(jdbi),
        new PostgresObserved(jdbi, clock),
        new PostgresObservedGroups(jdbi, clock),
        new PostgresEveryone(jdbi),
        new PostgresPlaces(jdbi),
        new PostgresPauses(jdbi, clock),
        new PostgresEvictions(jdbi, clock),
        new PostgresExclusions(jdbi, clock));
  }
}
