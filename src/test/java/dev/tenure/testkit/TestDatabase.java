package dev.tenure.testkit;

import dev.tenure.database.Database;
import dev.tenure.database.TestServer;
import java.nio.file.Path;

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

  /// The folder with the unpacked PostgreSQL, for those who would have to unpack their own.
  public static Path programs() {
    return Server.IT.programs();
  }

  /// The same, owned by a role that is not the superuser.
  public static Database ofAnOrdinaryRole() {
    return Server.IT.ofAnOrdinaryRole();
  }

  private static final class Server {
    private static final TestServer IT = TestServer.start();
  }
}
