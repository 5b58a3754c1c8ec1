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
import java.nio.file.Files;
import java.nio.file.Path;

/// An open CSV file: its records, and whether it ended as it should. Bytes that are none of the
/// encoding end the reading rather than becoming question marks.
final class CsvText implements AutoCloseable {
  private static final int BUFFER_BYTES = 1 << 16;
  final QuoteWatch watch;
  final CsvReader<CsvRecord> records;

  private CsvText(QuoteWatch watch, CsvForm form) {
    this.watch = watch;
    this.records =
        CsvReader.builder()
            .fieldSeparator(form.delimiter())
            .allowExtraFields(true)
            .allowMissingFields(true)
            .ofCsvRecord(watch);
  }

  static CsvText open(Path file, CsvForm form) throws IOException {
    var in = new BufferedInputStream(Files.newInputStream(file), BUFFER_BYTES);
    try {
      in.skipNBytes(form.markBytes());
      return new CsvText(new QuoteWatch(reader(in, form.charset()), form.delimiter()), form);
    } catch (IOException | RuntimeException e) {
      in.close();
      throw e;
    }
  }

  private static Reader reader(InputStream in, Charset charset) {
    return new InputStreamReader(
        in,
        charset
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT));
  }

  @Override
  public void close() throws IOException {
    records.close();
  }
}
