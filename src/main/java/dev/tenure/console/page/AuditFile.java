package dev.tenure.console.page;

import dev.tenure.audit.AuditEntry;
import dev.tenure.http.Response;
import dev.tenure.view.AuditEntryJson;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// Audit entries as a file. It proves nothing: for that there is `tenure audit export`.
final class AuditFile {
  private static final List<String> COLUMNS =
      List.of("log", "id", "at", "actor", "action", "subject", "person", "correlation", "detail");

  private AuditFile() {}

  static Response.Stream csv(List<AuditEntry> entries) {
    return out -> {
      out.write(bytes(Csv.line(COLUMNS)));
      for (var entry : entries) {
        out.write(
            bytes(
                Csv.line(
                    List.of(
                        entry.log(),
                        Long.toString(entry.id()),
                        entry.at().toString(),
                        entry.actor(),
                        entry.action(),
                        entry.subject(),
                        entry.person().orElse(""),
                        entry.correlation(),
                        entry.detail().toString()))));
      }
    };
  }

  static Response.Stream lines(List<AuditEntry> entries) {
    return out -> {
      for (var entry : entries) {
        out.write(bytes(AuditEntryJson.of(entry) + "\n"));
      }
    };
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
