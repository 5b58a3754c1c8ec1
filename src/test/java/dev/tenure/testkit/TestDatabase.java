package dev.tenure.testkit;

import dev.tenure.database.Database;
import dev.tenure.database.TestServer;

/// A real PostgreSQL for any test. One server runs for the whole JVM; it is started by the first
/// who asks, and stopped when the JVM ends.
public final class TestDatabase {
  private TestDatabase() {}

  /// A new, migrated, empty database (some 30 ms). Close it, and it is gone.
  public static Database fresh() {
    return Server.IT.fresh();
  }

  /// The same by its address, for a configuration's `database.url`.
  public static TestServer.Address address() {
    return Server.IT.address();
  }

  private static final class Server {
    private static final TestServer IT = TestServer.start();
  }
}
