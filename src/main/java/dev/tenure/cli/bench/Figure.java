package dev.tenure.cli.bench;

/// A measured figure as it is printed. `limit`: what it must be, and `met` whether it is; both are
/// empty texts where nothing was promised.
record Figure(String name, String value, String limit, String met) {
  static Figure of(String name, String value) {
    return new Figure(name, value, "", "");
  }

  static Figure atMost(String name, double value, double most, String unit) {
    return new Figure(
        name, shown(value, unit), "at most " + shown(most, unit), value <= most ? "yes" : "NO");
  }

  static Figure atLeast(String name, double value, double least, String unit) {
    return new Figure(
        name, shown(value, unit), "at least " + shown(least, unit), value >= least ? "yes" : "NO");
  }

  private static String shown(double value, String unit) {
    var digits = unit.equals("%") || value >= 100 ? "%.0f" : value >= 10 ? "%.1f" : "%.3f";
    return digits.formatted(value) + " " + unit;
  }
}
