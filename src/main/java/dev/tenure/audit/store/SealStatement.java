package dev.tenure.audit.store;

import dev.tenure.audit.ChainStore.Batch;
import dev.tenure.audit.ChainStore.End;
import dev.tenure.audit.Checkpoint;
import dev.tenure.audit.Details;
import dev.tenure.audit.Hash;
import dev.tenure.audit.SealedRow;
import java.io.ByteArrayOutputStream;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;

/// Moves rows to their places in the chain, in one statement: what the database has of them stays
/// there, only their places, salts and hashes travel.
final class SealStatement {
  private static final String MOVE =
      """
      with waiting as (
        delete from audit_entry e using unnest(cast(:ids as bigint[])) with ordinality p(id, n)
        where e.log = :log and e.id = p.id
        returning e.*, cast(p.n as integer) as n),
      placed as (
        insert into audit_record (log, seq, id, at, actor, action, correlation, commitment, hash,
          salt, subject, person, detail)
        select :log, cast(:before as bigint) + n, id, at, actor, action, correlation,
          substr(cast(:commitments as bytea), n * 32 - 31, 32),
          substr(cast(:hashes as bytea), n * 32 - 31, 32),
          substr(cast(:salts as bytea), n * 16 - 15, 16), subject, person, detail
        from waiting order by n
        returning seq),
      kept as (
        insert into audit_checkpoint (log, seq, hash, root, at, key, signature)
        select :log, :seq, :hash, :root, :at, :key, :signature where :kept)
      update audit_chain set seq = :seq, hash = :hash, frontier = :frontier, root = :root,
        signed_at = :at, key = :key, signature = :signature,
        kept_seq = case when :kept then :seq else kept_seq end,
        kept_at = case when :kept then :at else kept_at end
      where log = :log and seq = :before and (select count(*) from placed) = :count\
      """;

  private SealStatement() {}

  /// All of it or, by an exception, nothing.
  static void write(Handle handle, End end, Batch batch) {
    var rows = batch.rows();
    Checkpoint signed = batch.signed();
    int done =
        handle
            .createUpdate(MOVE)
            .bind("log", signed.log())
            .bind("before", end.chain().seq())
            .bind("count", rows.size())
            .bind("ids", rows.stream().map(r -> r.heading().id()).toArray(Long[]::new))
            .bind("commitments", bytes(rows, r -> r.commitment().bytes()))
            .bind("hashes", bytes(rows, r -> r.hash().bytes()))
            .bind("salts", bytes(rows, SealStatement::salt))
            .bind("seq", signed.seq())
            .bind("hash", signed.hash().bytes())
            .bind("root", signed.root().bytes())
            .bind("frontier", batch.chain().tree().bytes())
            .bind("at", signed.at())
            .bind("key", signed.key())
            .bind("signature", HexFormat.of().parseHex(signed.signature()))
            .bind("kept", batch.kept())
            .execute();
    if (done != 1) throw new IllegalStateException("rows went away while they were sealed");
  }

  private static byte[] salt(SealedRow row) {
    Details details = row.details().orElseThrow();
    return HexFormat.of().parseHex(details.salt());
  }

  private static byte[] bytes(List<SealedRow> rows, Function<SealedRow, byte[]> part) {
    var out = new ByteArrayOutputStream(rows.size() * Hash.BYTES);
    rows.forEach(row -> out.writeBytes(part.apply(row)));
    return out.toByteArray();
  }
}
