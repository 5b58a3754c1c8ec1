package dev.tenure.view;

import dev.tenure.database.Backup;
import dev.tenure.database.Backup.Written;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// A backup as JSON.
public final class BackupJson {
  private BackupJson() {}

  public static ObjectNode of(Written written) {
    var answer = JsonNodeFactory.instance.objectNode();
    answer.put("file", written.file()).put("bytes", written.bytes());
    answer.put("sha256", written.sha256());
    answer.set("content", of(written.content()));
    return answer;
  }

  /// What a backup holds.
  public static ObjectNode of(Backup backup) {
    var node = JsonNodeFactory.instance.objectNode();
    node.put("madeAt", backup.madeAt().toString()).put("tenure", backup.tenure());
    node.put("postgres", backup.postgres()).put("rows", backup.rows());
    var tables = node.putObject("tables");
    backup.tables().forEach(table -> tables.put(table.name(), table.rows()));
    var files = node.putArray("files");
    backup.files().forEach(file -> files.add(file.name()));
    return node;
  }
}
