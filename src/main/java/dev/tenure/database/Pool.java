package dev.tenure.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.time.Duration;

/// The connections to a PostgreSQL.
final class Pool {
  // Longer than the embedded PostgreSQL needs to come back after a kill -9.
  private static final Duration CONNECTION_LONGEST = Duration.ofSeconds(15);
  private static final int IDLE = 2;

  private Pool() {}

  /// At most `connections`, some of them kept ready. Throws what HikariCP throws where the first
  /// one fails.
  static HikariDataSource open(Login login, int connections) {
    var config = new HikariConfig();
    config.setPoolName("tenure");
    config.setJdbcUrl(login.url());
    config.setUsername(login.user());
    config.setPassword(login.password().reveal());
    config.setMaximumPoolSize(connections);
    config.setMinimumIdle(Math.min(IDLE, connections));
    config.setConnectionTimeout(CONNECTION_LONGEST.toMillis());
    config.setAutoCommit(true);
    login.options().forEach(config::addDataSourceProperty);
    return new HikariDataSource(config);
  }
}
