package dev.tenure.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tenure.audit.AuditLog.Search;
import dev.tenure.audit.Verdict.Broken;
import dev.tenure.audit.Verdict.Intact;
import dev.tenure.audit.store.PostgresAuditLog;
import dev.tenure.problem.Code;
import dev.tenure.problem.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What is done to the tables is found, what is erased is told, and keys change.
class AuditChainTest {
  private Logs logs;

  @BeforeEach
  void start() {
    logs = new Logs();
    logs.write(Logs.ACME, 1, 10);
    logs.chain().sealWaiting();
  }

  @AfterEach
  void stop() {
    logs.close();
  }

  @Test
  void aChangedRowIsNamed() {
    for (var change :
        List.of(
            "actor = 'mallory'",
            "at = at + interval '1 microsecond'",
            "action = 'x'",
            "id = id + 1",
            "correlation = ''",
            "subject = 'x'",
            "person = null",
            "detail = '{}'",
            "salt = decode(repeat('00', 16), 'hex')",
            "subject = null")) {
      logs.execute("create table kept as select * from audit_record");
      logs.execute("update audit_record set " + change + " where seq = 4");
      broken(4);
      logs.execute("delete from audit_record");
      logs.execute("insert into audit_record select * from kept");
      logs.execute("drop table kept");
    }
    assertThat(logs.verifyOnline(Logs.ACME)).isInstanceOf(Intact.class);
  }

  @Test
  void aRowThatIsRemovedOrMovedOrPutInIsNamed() {
    logs.execute("update audit_record set seq = -4 where seq = 4");
    broken(4);
    logs.execute("update audit_record set seq = 4 where seq = 7");
    broken(4);
    logs.execute("update audit_record set seq = 7 where seq = 4");
    logs.execute("update audit_record set seq = 4 where seq = -4");
    assertThat(logs.verifyOnline(Logs.ACME)).isInstanceOf(Intact.class);
    logs.execute("delete from audit_record where seq = 10");
    broken(10);
  }

  @Test
  void nothingIsAddedToAChainThatSomebodyBent() {
    logs.execute("delete from audit_record where seq = 10");
    logs.execute(
        "update audit_chain set seq = 9, hash = (select hash from audit_record where seq = 9)");
    logs.write(Logs.ACME, 11, 11);
    for (var node : List.of(logs.chain(), logs.node())) {
      assertThatThrownBy(node::sealWaiting)
          .isInstanceOfSatisfying(
              RuntimeException.class,
              failure -> assertThat(failure).hasMessageNotContaining("null"));
    }
    assertThat(logs.ask("select count(*) from audit_entry")).isOne();
  }

  @Test
  void aForgedEndIsNotSigned() {
    // Everything fits but the signature, which only the key can make.
    logs.execute("update audit_chain set signature = decode(repeat('ab', 64), 'hex')");
    logs.write(Logs.ACME, 11, 11);
    assertThatThrownBy(() -> logs.node().sealWaiting())
        .isInstanceOfSatisfying(
            Problem.Found.class,
            found -> assertThat(found.problems().getFirst().code()).isEqualTo(Code.AUDIT_BROKEN));
    assertThatThrownBy(() -> logs.export(Logs.ACME)).isInstanceOf(Problem.Found.class);
    assertThat(logs.verifyOnline(Logs.ACME))
        .isInstanceOfSatisfying(
            Broken.class, found -> assertThat(found.what()).contains("signature"));
  }

  @Test
  void anUnknownLogIsSaid() {
    assertThatThrownBy(() -> logs.verifyOnline("flow/none"))
        .isInstanceOfSatisfying(
            Problem.Found.class,
            found -> {
              var problem = found.problems().getFirst();
              assertThat(problem.code()).isEqualTo(Code.AUDIT_UNKNOWN);
              assertThat(problem.details()).containsEntry("logs", Logs.ACME);
            });
  }

  @Test
  void anErasedPersonIsGoneAndTheChainHolds() {
    var before = logs.export(Logs.ACME);
    // Under another name, but the same account; and named by a conflict of somebody else.
    logs.write(Logs.ACME, "user.deactivated", "id3", "renamed@example.com", "{}");
    logs.write(
        Logs.ACME, "request.conflict", "okta", "p5", "{\"a\": [{\"value\": \"p3\"}], \"b\": 1}");
    logs.write(Logs.ACME, "request.conflict", "okta", "p5", "{\"value\": \"p33\"}");
    logs.write("flow/people", "change.done", "p3", "p3", "{}");
    var erasures = logs.chain().erase("p3", Optional.empty());
    assertThat(erasures)
        .containsExactlyInAnyOrder(new Erasure("flow/people", 1), new Erasure(Logs.ACME, 3));
    assertThat(everything()).doesNotContain("\"p3\"", "id3", "renamed").contains("p33", "id4");
    assertThat(logs.verifyOnline(Logs.ACME)).isEqualTo(intact(14, 3, logs.verifyOnline(Logs.ACME)));
    var export = logs.export(Logs.ACME);
    assertThat(logs.verify(export))
        .isInstanceOfSatisfying(Intact.class, intact -> assertThat(intact.erased()).isEqualTo(3));
    assertThat(new String(export, java.nio.charset.StandardCharsets.UTF_8))
        .doesNotContain("\"p3\"", "id3")
        .contains("\"erased\":true");
    assertThat(logs.verify(before)).isInstanceOf(Intact.class);
    assertThat(logs.chain().erase("p3", Optional.empty())).isEmpty();
  }

  @Test
  void anErasureThatNothingTellsOfIsFound() {
    logs.execute(
        "update audit_record set salt = null, subject = null, person = null, detail = null"
            + " where seq in (4, 6)");
    broken(4);
    logs.write(Logs.ACME, "person.erased", "erasure", "", "{\"rows\": [[5, 9]]}");
    logs.chain().sealWaiting();
    broken(4);
  }

  @Test
  void rowsThatWaitAreErasedToo() {
    logs.write(Logs.ACME, 11, 11);
    assertThat(logs.chain().erase("p11", Optional.of(Logs.ACME)))
        .containsExactly(new Erasure(Logs.ACME, 1));
    assertThat(everything()).doesNotContain("p11");
    assertThat(logs.chain().waiting(Logs.ACME)).isZero();
  }

  @Test
  void theSearchSeesSealedAndWaitingAndErasedRowsOnce() {
    logs.write(Logs.ACME, 11, 12);
    logs.write("organization/other", 1, 1);
    logs.chain().erase("p2", Optional.of(Logs.ACME));
    logs.write(Logs.ACME, 13, 13);
    var log = new PostgresAuditLog(logs.database().jdbi());
    assertThat(log.search(Search.newest(Logs.ACME, 100)))
        .hasSize(14)
        .extracting(AuditEntry::subject)
        .startsWith("id13", "erasure", "id12")
        .contains(AuditEntry.ERASED)
        .endsWith("id1");
    assertThat(log.search(Search.newest("organization/", 100))).hasSize(15);
    assertThat(log.search(Search.newest("", 3))).hasSize(3);
    assertThat(log.search(search(Optional.of("p5"), "c"))).hasSize(1);
    assertThat(log.search(search(Optional.of("id13"), "c"))).hasSize(1);
    assertThat(log.search(search(Optional.of("p5"), "d"))).isEmpty();
    assertThat(log.search(search(Optional.of("p2"), "c"))).isEmpty();
  }

  @Test
  void theSearchKnowsTimes() {
    var log = new PostgresAuditLog(logs.database().jdbi());
    var all = log.search(Search.newest(Logs.ACME, 100));
    var middle = all.get(4).at();
    assertThat(log.search(between(Optional.of(middle), Optional.empty()))).hasSize(5);
    assertThat(log.search(between(Optional.empty(), Optional.of(middle)))).hasSize(5);
  }

  @Test
  void theKeyIsTheOwnersOnlyAndStays() throws IOException {
    var file = logs.data().resolve("audit.key");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(logs.node().keys().entries()).hasSize(1);
    assertThat(logs.chain().keys().text()).doesNotContain("PRIVATE");
    Files.writeString(file, "nonsense");
    assertThatThrownBy(() -> logs.node().keys()).isInstanceOf(Problem.Found.class);
  }

  @Test
  void whatAnOldKeySignedStaysValid() {
    var oldKeys = logs.chain().keys();
    var oldExport = logs.export(Logs.ACME);
    // Another node does not know of the rotation until it looks.
    var other = logs.node();
    other.keys();
    var keys = logs.chain().rotate();
    assertThat(keys.entries()).hasSize(2);
    assertThat(keys.entries().getFirst().retired()).isPresent();
    logs.write(Logs.ACME, 11, 11);
    other.sealWaiting();
    assertThat(Logs.verify(oldExport, keys)).isInstanceOf(Intact.class);
    assertThat(Logs.verify(logs.export(Logs.ACME), keys)).isInstanceOf(Intact.class);
    assertThat(Logs.verify(logs.export(Logs.ACME), oldKeys)).isInstanceOf(Broken.class);
    assertThat(PublicKeys.read(keys.text()).orElseThrow().text()).isEqualTo(keys.text());
  }

  @Test
  void aRetiredKeySignsNothingLater() {
    var keys = logs.chain().keys();
    var key = keys.entries().getFirst();
    var retired =
        new PublicKeys.Entry(
            key.encoded(), key.made(), Optional.of(Instant.now().minus(Duration.ofDays(2))));
    assertThat(Logs.verify(logs.export(Logs.ACME), new PublicKeys(List.of(retired))))
        .isInstanceOfSatisfying(
            Broken.class, found -> assertThat(found.what()).contains("not in use then"));
  }

  @Test
  void whatIsNoKeyIsNotRead() {
    var text = logs.chain().keys().text();
    assertThat(PublicKeys.read("")).isEmpty();
    assertThat(PublicKeys.read(text.replace("Made: 2", "Made: x"))).isEmpty();
    assertThat(PublicKeys.read(text.replaceFirst("\nMCow", "\nMCox"))).isEmpty();
    assertThat(PublicKeys.read(text.replace("\n", "\r\n"))).isPresent();
  }

  private static Search search(Optional<String> person, String correlation) {
    return new Search(
        Logs.ACME,
        person,
        Optional.empty(),
        Optional.of("user."),
        Optional.of(correlation),
        Optional.empty(),
        Optional.empty(),
        100);
  }

  private static Search between(Optional<Instant> from, Optional<Instant> to) {
    return new Search(
        Logs.ACME,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        from,
        to,
        100);
  }

  private static Intact intact(long rows, long erased, Verdict like) {
    return new Intact(Logs.ACME, rows, erased, ((Intact) like).asOf());
  }

  private String everything() {
    return logs.database()
        .jdbi()
        .withHandle(handle ->
            String.join(
                "\n",
                handle
                    .createQuery(
                        "select to_jsonb(t)::text from audit_trail t"
                            + " union all select to_jsonb(r)::text from audit_record r")
                    .mapTo(String.class)
                    .list()));
  }

  private void broken(long row) {
    assertThat(logs.verifyOnline(Logs.ACME))
        .isInstanceOfSatisfying(Broken.class, found -> assertThat(found.row()).isEqualTo(row));
  }
}
