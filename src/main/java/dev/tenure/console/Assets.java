package dev.tenure.console;

import dev.tenure.http.HttpFailure;
import dev.tenure.http.Request;
import dev.tenure.http.Response;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.GZIPOutputStream;

/// The files that pages refer to: a stylesheet, two scripts, an icon. They are read once, from the
/// product itself; their address changes with what is in them, so browsers keep them for good.
final class Assets {
  private static final String HTMX = "/META-INF/resources/webjars/htmx.org/2.0.10/dist/";
  private static final String OWN = "/static/";
  private static final String FOREVER = "public, max-age=31536000, immutable";

  private final Map<String, Asset> assets = new LinkedHashMap<>();
  private final String version;

  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Asset(String type, byte[] plain, byte[] zipped) {}

  Assets() {
    add("console.css", "text/css; charset=utf-8", OWN);
    add("console.js", "text/javascript; charset=utf-8", OWN);
    add("icon.svg", "image/svg+xml", OWN);
    add("htmx.min.js", "text/javascript; charset=utf-8", HTMX);
    var sum = new CRC32();
    assets.values().forEach(asset -> sum.update(asset.plain()));
    this.version = HexFormat.of().toHexDigits(sum.getValue(), 8);
  }

  private void add(String name, String type, String folder) {
    try (var in = Assets.class.getResourceAsStream(folder + name)) {
      if (in == null) throw new IllegalStateException("the product lacks " + folder + name);
      var plain = in.readAllBytes();
      assets.put(name, new Asset(type, plain, zipped(plain)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] zipped(byte[] plain) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var zip = new GZIPOutputStream(bytes)) {
      zip.write(plain);
    }
    return bytes.toByteArray();
  }

  /// A part of the address of all of them.
  String version() {
    return version;
  }

  Response answer(Request request) {
    var asset = assets.get(request.variable("name"));
    if (asset == null) throw new HttpFailure(404, "nothing is here");
    boolean zips =
        request.header("Accept-Encoding").filter(e -> e.matches(".*\\bgzip\\b.*")).isPresent();
    var bytes = zips ? asset.zipped() : asset.plain();
    // Not as a text: compressed bytes are none.
    var answer =
        Response.bytes(200, asset.type(), bytes)
            .with("Cache-Control", FOREVER)
            .with("Vary", "Accept-Encoding")
            .with("X-Content-Type-Options", "nosniff");
    return zips ? answer.with("Content-Encoding", "gzip") : answer;
  }
}
