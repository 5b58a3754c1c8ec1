package dev.tenure;

import dev.tenure.audit.AuditChain;
import dev.tenure.audit.KeyFile;
import dev.tenure.audit.Sealer;
import dev.tenure.audit.store.PostgresChainStore;
import dev.tenure.database.DataDirectory;
import dev.tenure.database.Database;
import dev.tenure.metric.Meter;
import dev.tenure.organization.Organizations;
import java.nio.file.Path;

/// What stands when the database does.
record Foundation(
    Database database, Organizations organizations, AuditChain chain, Meter meter, Opened opened) {

  static Foundation own(Settings settings, DataDirectory directory, int connections) {
    var opened = Opened.watched();
    opened.add(directory);
    try {
      var database = Database.open(settings.database(), directory, connections);
      opened.add(database);
      var chain = auditChain(database, directory.path());
      opened.add(Sealer.start(chain));
      var organizations =
          new Organizations(database, Tenure.CLOCK, Tenure.RANDOM, settings.limits());
      AutoCloseable flushing = organizations.refusals()::flush;
      opened.add(flushing);
      AutoCloseable speaking = organizations.dialects()::flush;
      opened.add(speaking);
      organizations.declare(settings.organizations());
      return new Foundation(database, organizations, chain, new Meter(), opened);
    } catch (RuntimeException e) {
      opened.close();
      throw e;
    }
  }

  static AuditChain auditChain(Database database, Path data) {
    var store = new PostgresChainStore(database.jdbi());
    return new AuditChain(
        store, new KeyFile(data, store, Tenure.CLOCK), Tenure.CLOCK, Tenure.RANDOM);
  }
}
