package dev.tenure.source.csv;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/// An open CSV file: its records, and whether it ended as it should. A byte order mark is skipped
/// and, where it is one of UTF-16, decides the encoding; bytes that are none of the encoding end
/// the reading rather than becoming question marks.
final class CsvText implements AutoCloseable {
  private static final int BUFFER_BYTES = 1 << 16;
  final QuoteWatch watch;
  final CsvReader<CsvRecord> records;

  private CsvText(QuoteWatch watch, char delimiter) {
    this.watch = watch;
    this.records =
        CsvReader.builder()
            .fieldSeparator(delimiter)
            .allowExtraFields(true)
            .allowMissingFields(true)
            .ofCsvRecord(watch);
  }

  static CsvText open(Path file, Charset encoding, char delimiter) throws IOException {
    var in = new BufferedInputStream(Files.newInputStream(file), BUFFER_BYTES);
    try {
      return new CsvText(new QuoteWatch(reader(in, encoding), delimiter), delimiter);
    } catch (IOException | RuntimeException e) {
      in.close();
      throw e;
    }
  }

  private static Reader reader(InputStream in, Charset encoding) throws IOException {
    in.mark(3);
    var start = in.readNBytes(3);
    in.reset();
    var charset = encoding;
    if (starts(start, 0xEF, 0xBB, 0xBF)) {
      in.skipNBytes(3);
      charset = StandardCharsets.UTF_8;
    } else if (starts(start, 0xFE, 0xFF)) {
      in.skipNBytes(2);
      charset = StandardCharsets.UTF_16BE;
    } else if (starts(start, 0xFF, 0xFE)) {
      in.skipNBytes(2);
      charset = StandardCharsets.UTF_16LE;
    }
    return new InputStreamReader(
        in,
        charset
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT));
  }

  private static boolean starts(byte[] bytes, int... mark) {
    if (bytes.length < mark.length) return false;
    for (int i = 0; i < mark.length; i++) if ((bytes[i] & 0xFF) != mark[i]) return false;
    return true;
  }

  @Override
  public void close() throws IOException {
    records.close();
  }
}
