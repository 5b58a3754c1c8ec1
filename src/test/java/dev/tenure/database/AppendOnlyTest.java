package dev.tenure.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tenure.testkit.TestDatabase;
import java.util.List;
import org.jdbi.v3.core.JdbiException;
import org.junit.jupiter.api.Test;

/// What the audit chain covers cannot be changed by an ordinary role, though it owns the tables.
class AppendOnlyTest {
  @Test
  void theOwnerAddsAndErasesButChangesNothing() {
    try (var database = TestDatabase.ofAnOrdinaryRole();
        var handle = database.jdbi().open()) {
      handle.execute(
          """
          insert into audit_record (log, seq, id, at, actor, action, correlation, commitment, hash,
            salt, subject, detail)
          values ('flow/x', 1, 1, now(), 'a', 'b', 'c', '\\x00', '\\x00', '\\x00', 's', '{}')
          """);
      handle.execute(
          "insert into audit_entry (log, actor, action, subject, correlation)"
              + " values ('flow/x', 'a', 'b', 's', 'c')");
      for (var statement :
          List.of(
              "update audit_record set actor = 'x'",
              "update audit_record set hash = '\\x01'",
              "update audit_record set at = now()",
              "delete from audit_record",
              "truncate audit_record",
              "update audit_entry set actor = 'x'",
              "truncate audit_entry",
              "delete from audit_checkpoint",
              "update audit_checkpoint set seq = 1")) {
        assertThatThrownBy(() -> handle.execute(statement))
            .as(statement)
            .isInstanceOf(JdbiException.class)
            .hasMessageContaining("permission denied");
      }
      var erase =
          "update audit_record set salt = null, subject = null, person = null, detail = null";
      assertThat(handle.execute(erase)).isOne();
      assertThat(handle.execute("delete from audit_entry")).isOne();
    }
  }
}
