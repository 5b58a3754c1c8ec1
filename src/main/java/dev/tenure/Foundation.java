package dev.tenure;

import dev.tenure.audit.AuditChain;
import dev.tenure.audit.KeyFile;
import dev.tenure.audit.Sealer;
import dev.tenure.audit.store.PostgresChainStore;
import dev.tenure.database.DataDirectory;
import dev.tenure.database.Database;
import dev.tenure.http.Handler;
import dev.tenure.metric.Meter;
import dev.tenure.organization.Organizations;
import dev.tenure.trace.Tracer;
import dev.tenure.trace.TracesConfig;
import dev.tenure.trace.otel.OtelTracer;
import java.nio.file.Path;
import java.util.UUID;

/// What stands when the database does.
record Foundation(
    Database database,
    Organizations organizations,
    AuditChain chain,
    Watching watching,
    Opened opened) {

  /// What counts and records what is done.
  record Watching(Meter meter, Tracer tracer) {
    static Watching of(Settings settings, Opened opened) {
      var tracer = settings.traces().map(Foundation::tracer).orElse(Tracer.OFF);
      return new Watching(new Meter(), opened.add(tracer));
    }

    /// The same, with a span for each request.
    Handler recorded(Handler handler) {
      return new Answering(tracer, handler);
    }
  }

  /// Nothing of it is loaded where nothing is configured.
  private static Tracer tracer(TracesConfig config) {
    var instance = UUID.randomUUID().toString();
    return new OtelTracer(config, LocalInstallation.productVersion(), instance);
  }

  static Foundation own(Settings settings, DataDirectory directory, int connections) {
    var opened = Opened.watched();
    opened.add(directory);
    try {
      var watching = Watching.of(settings, opened);
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
      return new Foundation(database, organizations, chain, watching, opened);
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
