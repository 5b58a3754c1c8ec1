package dev.tenure.cli.bench;

import dev.tenure.audit.AuditLog;
import dev.tenure.cli.Installation;
import dev.tenure.cli.Workplace;
import dev.tenure.cli.bench.store.Population;
import dev.tenure.database.DataDirectory;
import dev.tenure.database.Database;
import dev.tenure.database.DatabaseConfig;
import dev.tenure.id.OrganizationId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// A Tenure of its own that serves organizations to whom has [#TOKEN], in a folder that is gone
/// when it is closed.
record Hosted(Scratch scratch, Workplace place, Database database) implements AutoCloseable {
  static final String TOKEN = "bench-bench-bench-bench";
  private static final int CONNECTIONS = 4;

  /// `size` people stand in its file `people.csv`.
  static Hosted start(Installation installation, int size, String yaml) throws IOException {
    var scratch = Scratch.make();
    var folder = scratch.path();
    Files.writeString(folder.resolve("token"), TOKEN);
    CyclePeople.write(folder.resolve("people.csv"), size, "");
    var config = Files.writeString(folder.resolve("tenure.yaml"), yaml);
    var data = folder.resolve("data");
    var place = installation.serve(config, data, 0);
    var owner = DataDirectory.attachment(data).orElseThrow();
    var database = Database.attach(new DatabaseConfig.Embedded(), data, owner, CONNECTIONS);
    return new Hosted(scratch, place, database);
  }

  Path people() {
    return scratch.path().resolve("people.csv");
  }

  /// Gives an organization the accounts of so many of the people, as a flow would have made them.
  void populate(String organization, int size, String origin) {
    var population = new Population(database, new OrganizationId(organization), origin);
    population.users(1, size);
    population.settle();
  }

  /// The requests to an organization that has the accounts of so many people.
  ScimWork work(String organization, int users) {
    return new ScimWork(place.base().getPort(), organization, TOKEN, users);
  }

  /// How many requests to the organization were answered 429.
  int refused(String organization) {
    var usual = AuditLog.Search.newest("organization/" + organization, 1_000);
    return (int)
        place.audit().search(usual).stream()
            .filter(entry -> entry.action().equals("request.limited"))
            .count();
  }

  @Override
  public void close() {
    database.close();
    place.close();
    scratch.close();
  }
}
