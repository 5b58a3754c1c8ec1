package dev.tenure.browser;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;

/// Makes a picture of a page small: its 256 most frequent colours stay as they are, which are all
/// of its surfaces, and the edges of letters get the nearest of them.
final class Palette {
  private static final int COLOURS = 256;

  private Palette() {}

  /// The picture in this file as a PNG of a third of the size.
  static byte[] png(Path file) {
    try {
      var out = new ByteArrayOutputStream();
      ImageIO.write(indexed(ImageIO.read(file.toFile())), "png", out);
      return out.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static BufferedImage indexed(BufferedImage picture) {
    int width = picture.getWidth();
    int height = picture.getHeight();
    var pixels = picture.getRGB(0, 0, width, height, new int[width * height], 0, width);
    var counts = new HashMap<Integer, Integer>();
    for (int pixel : pixels) counts.merge(pixel, 1, Integer::sum);
    var palette = mostFrequent(counts);
    var places = new HashMap<Integer, Integer>();
    counts.keySet().forEach(colour -> places.put(colour, nearest(palette, colour)));
    var model = new IndexColorModel(8, palette.length, palette, 0, false, -1, 0);
    var indexed = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_INDEXED, model);
    var raster = indexed.getRaster();
    for (int i = 0; i < pixels.length; i++) {
      raster.setSample(i % width, i / width, 0, places.getOrDefault(pixels[i], 0));
    }
    return indexed;
  }

  private static int[] mostFrequent(Map<Integer, Integer> counts) {
    return counts.entrySet().stream()
        .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
        .limit(COLOURS)
        .mapToInt(Map.Entry::getKey)
        .toArray();
  }

  private static int nearest(int[] palette, int colour) {
    return IntStream.range(0, palette.length)
        .boxed()
        .min(Comparator.comparingInt(i -> distance(palette[i], colour)))
        .orElseThrow();
  }

  private static int distance(int one, int other) {
    int sum = 0;
    for (int shift = 0; shift < 24; shift += 8) {
      int difference = (one >> shift & 0xff) - (other >> shift & 0xff);
      sum += difference * difference;
    }
    return sum;
  }
}
