package dev.tenure.console.page;

import dev.tenure.console.Words;
import java.util.ArrayList;
import java.util.List;

/// Bars over time, drawn on the server: above the line one thing, below it another. A browser needs
/// no script for it, and what it shows stands beside it as a table for who does not see it.
public record Chart(String above, String below, List<Bar> bars, long most, boolean level) {
  public static final int WIDTH = 600;
  public static final int HEIGHT = 120;
  private static final double GAP = 0.2;

  public Chart {
    bars = List.copyOf(bars);
  }

  /// What happened at a time, in numbers and in the picture's units.
  public record Bar(String label, long up, long down, Box upBox, Box downBox) {}

  /// A rectangle; of no height where there is nothing.
  public record Box(double x, double y, double width, double height) {
    public boolean isThere() {
      return height > 0;
    }
  }

  /// One time with its numbers.
  public record Point(String label, long up, long down) {}

  /// How much there was of one thing at each time: no sum of it means anything.
  public static Chart level(String above, List<Point> points) {
    var chart = of(above, "", points);
    return new Chart(above, "", chart.bars(), chart.most(), true);
  }

  /// `below` is empty where there is one thing only: then the line is at the bottom.
  public static Chart of(String above, String below, List<Point> points) {
    long up = points.stream().mapToLong(Point::up).max().orElse(0);
    long down = points.stream().mapToLong(Point::down).max().orElse(0);
    double line = below.isEmpty() ? HEIGHT : HEIGHT / 2.0;
    long most = Math.max(1, Math.max(up, down));
    double unit = (below.isEmpty() ? HEIGHT : HEIGHT / 2.0) / most;
    double step = (double) WIDTH / Math.max(1, points.size());
    var bars = new ArrayList<Bar>();
    for (int i = 0; i < points.size(); i++) {
      var point = points.get(i);
      double x = round(i * step + step * GAP / 2);
      double width = round(step * (1 - GAP));
      double upper = height(point.up(), unit);
      double lower = height(point.down(), unit);
      bars.add(
          new Bar(
              point.label(),
              point.up(),
              point.down(),
              new Box(x, round(line - upper), width, upper),
              new Box(x, line, width, lower)));
    }
    return new Chart(above, below, bars, up + down == 0 ? 0 : most, false);
  }

  /// What there is can be seen, however little it is.
  private static double height(long count, double unit) {
    return count == 0 ? 0 : round(Math.max(2, count * unit));
  }

  private static double round(double value) {
    return Math.round(value * 10) / 10.0;
  }

  /// What it comes to, in words.
  public String sum() {
    if (level) return "at most " + Words.number(most) + " " + above;
    var ups = Words.number(totalUp()) + " " + above;
    return below.isEmpty() ? ups : ups + ", " + Words.number(totalDown()) + " " + below;
  }

  public boolean isEmpty() {
    return most == 0;
  }

  public double line() {
    return below.isEmpty() ? HEIGHT - 0.5 : HEIGHT / 2.0;
  }

  public long totalUp() {
    return bars.stream().mapToLong(Bar::up).sum();
  }

  public long totalDown() {
    return bars.stream().mapToLong(Bar::down).sum();
  }
}
