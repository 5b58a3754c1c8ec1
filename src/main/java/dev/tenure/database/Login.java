package dev.tenure.database;

import dev.tenure.config.Secret;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/// How to come into a PostgreSQL: `jdbc:postgresql://…`, user, password and the driver's options.
record Login(String url, String user, Secret password, Map<String, String> options) {
  private static final Map<String, String> USUAL =
      Map.of(
          "ApplicationName", "tenure",
          "reWriteBatchedInserts", "true",
          "tcpKeepAlive", "true",
          "connectTimeout", "10");

  // Neither is spoken by the embedded one: asking costs a round trip each.
  private static final Map<String, String> LOCAL =
      Map.of("sslmode", "disable", "gssEncMode", "disable");

  /// The embedded PostgreSQL's own database.
  static Login local(int port, Secret password) {
    var url = "jdbc:postgresql://127.0.0.1:" + port + "/postgres";
    var options = new TreeMap<>(USUAL);
    options.putAll(LOCAL);
    return new Login(url, Cluster.SUPERUSER, password, options);
  }

  static Login of(DatabaseConfig.External external) {
    return new Login(external.url(), external.user(), external.password(), USUAL);
  }

  /// The same server, another database.
  Login withDatabase(String name) {
    var start = url.substring(0, url.lastIndexOf('/') + 1);
    return new Login(start + name, user, password, options);
  }

  /// The same, with its tables in this schema.
  Login withSchema(String name) {
    var more = new TreeMap<>(options);
    more.put("currentSchema", name);
    return new Login(url, user, password, more);
  }

  /// A connection outside of any pool.
  Connection connect() throws SQLException {
    var properties = new Properties();
    properties.putAll(options);
    properties.setProperty("user", user);
    properties.setProperty("password", password.reveal());
    return DriverManager.getConnection(url, properties);
  }

  /// One statement over a connection of its own, and the first value that it gives, if any.
  String ask(String sql) throws SQLException {
    try (var connection = connect();
        var statement = connection.createStatement()) {
      if (!statement.execute(sql)) return "";
      var result = statement.getResultSet();
      return result.next() ? result.getString(1) : "";
    }
  }

  /// The URL without its options, which may hold what nobody should see.
  String shown() {
    var options = url.indexOf('?');
    return options < 0 ? url : url.substring(0, options);
  }
}
