package dev.tenure.audit;

import dev.tenure.audit.Verdict.Broken;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/// An export that is verified with nothing but itself and the public keys.
public final class Export {
  private static final int BUFFER = 1 << 16;
  private final InputStream in;
  private final PublicKeys keys;
  private long line = 1;

  private Export(InputStream in, PublicKeys keys) {
    this.in = in;
    this.keys = keys;
  }

  /// Finds the first row that was changed, removed, inserted or moved since the export was made.
  ///
  /// That a whole export was exchanged for an older one is not found but told: [Verdict.Intact] has
  /// the time. `keys` must come from somewhere else than the export.
  public static Verdict verify(InputStream in, PublicKeys keys) throws IOException {
    return new Export(new BufferedInputStream(in, BUFFER), keys).verify();
  }

  private Verdict verify() throws IOException {
    var first = line().map(l -> ExportLine.read(l, ""));
    if (!(first.orElseGet(ExportLine.Strange::new) instanceof ExportLine.Signed(var end))) {
      return new Broken(1, 0, "this is not the first line of an export");
    }
    var verification = Verification.of(end, Checkpoint.Purpose.EXPORT, keys);
    var broken = verification.begin();
    while (broken.isEmpty()) {
      var next = line();
      if (next.isEmpty()) return verification.end();
      line++;
      broken = next(verification, ExportLine.read(next.get(), end.log()));
    }
    return broken.get();
  }

  private Optional<Broken> next(Verification verification, ExportLine read) {
    return switch (read) {
      case ExportLine.Row(var row) -> verification.next(row);
      case ExportLine.Signed(var checkpoint) -> verification.next(checkpoint);
      case ExportLine.Strange() ->
          Optional.of(
              new Broken(line, verification.expected(), "the line is not as it was written"));
    };
  }

  /// The next line without its end; absent where nothing follows. A last line without an end is a
  /// line that was cut.
  private Optional<byte[]> line() throws IOException {
    var bytes = new ByteArrayOutputStream();
    for (int b = in.read(); b != '\n'; b = in.read()) {
      if (b < 0) return bytes.size() == 0 ? Optional.empty() : Optional.of(new byte[0]);
      bytes.write(b);
    }
    return Optional.of(bytes.toByteArray());
  }
}
